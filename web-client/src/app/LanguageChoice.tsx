import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { bestLanguage, offeredLanguages, spoken } from "../i18n/languages";
import { useStore } from "../store";
import { Icon } from "../ui/icon";
import { toast } from "../ui/toast";
import { t } from "./words";

/**
 * The language of the page, each under its own name, so that it is found by whoever cannot read the
 * page. `choose` speaks it, and keeps it where it should be kept.
 */
export function LanguageChoice(props: {
  choose: (tag: string) => Promise<void>;
}): JSX.Element | null {
  const now = useStore(spoken);
  const [busy, setBusy] = useState(false);
  const languages = offeredLanguages();
  const current = languages.find(({ tag }) => tag === now || tag === now.split("-")[0]);
  if (languages.length < 2) return null;

  const choose = (tag: string): void => {
    setBusy(true);
    props
      .choose(tag)
      .then(() => {
        if (spoken.get() !== bestLanguage([tag])) toast(t("languageFailed"), "error");
      })
      .catch(async (error: unknown) => {
        // Fetched only now: the door does without it.
        const { asProblem } = await import("../api/problem");
        toast(asProblem(error).sentence, "error");
      })
      .finally(() => setBusy(false));
  };

  return (
    <div class="language">
      <div class="select language-choice">
        <Icon name="globe" />
        <select
          class="input"
          aria-label={t("language")}
          value={current?.tag}
          disabled={busy}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {languages.map(({ tag, name }) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </div>
      {current?.awaitsReview && <p class="muted small">{t("languageAwaits")}</p>}
    </div>
  );
}
