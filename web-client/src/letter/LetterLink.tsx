import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Row, Select } from "../ui";
import { LETTER_LANGUAGES, labelsFor, type LetterLanguage } from "./languages";
import { t } from "./words";
import "./letter.css";

/** Opens the PDF of something signed; the reader chooses the language of its labels. */
export function LetterLink(props: {
  /** Under `/api/v1`, up to and without `/letter`. */
  path: string;
  /** BCP 47, of the text that the letter carries. */
  language: string;
}): JSX.Element {
  const [language, setLanguage] = useState<LetterLanguage>(labelsFor(props.language));
  return (
    <Row>
      <a
        class="button button-plain button-small"
        href={`/api/v1${props.path}/letter?language=${language}`}
        target="_blank"
        rel="noopener"
      >
        <span>{t("print")}</span>
      </a>
      <div class="letter-language">
        <Select
          label={t("labels")}
          options={LETTER_LANGUAGES}
          value={language}
          onChange={setLanguage}
        />
      </div>
    </Row>
  );
}
