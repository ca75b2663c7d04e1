import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { newKey } from "../api/client";
import { readDraft, writeDraft } from "../drafts";
import { outgoing } from "../files/sender";
import { resuming } from "../resume";
import { navigate } from "../router";
import { type Me, session } from "../session";
import { useStore } from "../store";
import { Actions, Badge, Button, Dialog, List, Notice, Stack, When } from "../ui";
import { type Act, acts, type Doing } from "./acts";
import { waitsFor } from "./order";
import { sameWords } from "./perform";
import { forget, tryAgain } from "./queue";
import { t } from "./words";

/** What somebody may be waiting for. */
const URGENT: readonly Doing["kind"][] = ["request", "message", "supplement"];

/** The acts of this device that the server does not have, with what can be done about each. */
export default function WaitingList(props: { plain?: boolean }): JSX.Element | null {
  const all = useStore(acts);
  const files = useStore(outgoing).filter(({ refused }) => !refused).length;
  const now = useStore(session);
  if (all.length === 0 && !(props.plain && files > 0)) return null;
  const urgent = all.some(({ doing }) => URGENT.includes(doing.kind));
  return (
    <section class="stack stack-small" aria-label={t("title")}>
      {!props.plain && <h2>{t("title")}</h2>}
      <p class="muted">{t("lead")}</p>
      {urgent && (
        <Notice tone="warning">
          {t("urgent")} {contactOf(now.kind === "signed-in" ? now.me : undefined)}
        </Notice>
      )}
      <List
        label={t("title")}
        rows={all.map((act) => ({
          key: act.id,
          title: <bdi>{act.title}</bdi>,
          detail: (
            <Stack gap="small">
              <span>
                {kindName(act)} · <When at={new Date(act.actedAt).toISOString()} />
              </span>
              {act.refused && <Refused act={act} />}
            </Stack>
          ),
          aside: <State act={act} earlier={all.slice(0, all.indexOf(act))} />,
        }))}
      />
      {files > 0 && <p class="muted">{t("files", { count: files })}</p>}
    </section>
  );
}

function State({ act, earlier }: { act: Act; earlier: readonly Act[] }): JSX.Element {
  if (act.refused) return <Badge tone="red">{t("notTakenShort")}</Badge>;
  const held = earlier.some((one) => one.refused && waitsFor(act, one));
  return <Badge tone="orange">{held ? t("after") : t("waits")}</Badge>;
}

/** Why, and what to do: nothing that was typed is lost with it. */
function Refused({ act }: { act: Act }): JSX.Element {
  const [removing, setRemoving] = useState(false);
  const [taken, setTaken] = useState(false);
  const { draft, values, page } = act.form;
  const mend = async () => {
    const there = await readDraft(draft);
    // Newer words are in the form: both are kept until the person has finished those.
    if (there && !sameWords(there.values, values)) return setTaken(true);
    // Another key: under the old one the server would answer as before.
    await writeDraft(draft, { values, key: newKey(), savedAt: Date.now() });
    await forget(act);
    navigate(resuming(page, draft));
  };
  return (
    <>
      <Notice tone="warning">
        {act.refused?.sentence} {act.refused?.changed && t("changed")}
      </Notice>
      {taken && (
        <Notice tone="warning" action={<a href={resuming(page, draft)}>{t("openForm")}</a>}>
          {t("formTaken")}
        </Notice>
      )}
      <Actions>
        <Button small kind="primary" onPress={() => void mend()}>
          {t("mend")}
        </Button>
        {!act.refused?.changed && (
          <Button small onPress={() => void tryAgain(act)}>
            {t("tryAgain")}
          </Button>
        )}
        <Button small kind="quiet" onPress={() => setRemoving(true)}>
          {t("remove")}
        </Button>
      </Actions>
      {removing && (
        <Dialog
          title={t("removeTitle")}
          onClose={() => setRemoving(false)}
          actions={
            <>
              <Button onPress={() => setRemoving(false)}>{t("keep")}</Button>
              <Button kind="danger" onPress={() => void forget(act)}>
                {t("remove")}
              </Button>
            </>
          }
        >
          <p>{t("removeLead")}</p>
        </Dialog>
      )}
    </>
  );
}

function kindName({ doing }: Act): string {
  const names = {
    patient: t("patient"),
    request: t("request"),
    message: t("message"),
    outcome: t("outcome"),
    supplement: t("supplement"),
    decision: t("decision"),
    consent: t("consent"),
    "consent-back": t("consentBack"),
    correction: t("correction"),
  };
  return names[doing.kind];
}

function contactOf(me: Me | undefined): string {
  const contact = me?.membership.site?.emergencyContact;
  return contact ? t("emergency", { contact }) : "";
}
