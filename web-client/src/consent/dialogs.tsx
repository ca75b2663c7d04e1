import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { languageName } from "../consult/names";
import { type Form, useForm } from "../form";
import type { Handed } from "../offline/acts";
import { hand } from "../offline/hand";
import { useResource } from "../resource";
import { currentAddress } from "../router";
import { Button, Choice, Dialog, FormFrame, Load, Notice, TextArea, TextInput } from "../ui";
import {
  askDraft,
  backDraft,
  checkGiver,
  effectOf,
  type Giver,
  giverBody,
  type Known,
  NOBODY,
  type Purpose,
  purposeTitle,
} from "./state";
import { t } from "./words";

/** The text to read aloud, and what was answered by whom. */
export function AskDialog(props: {
  consultId: string;
  language: string;
  purpose: Purpose;
  known: Known;
  onClose: () => void;
  onKept: (handed: Handed) => void;
}): JSX.Element {
  const texts = useResource(
    () => ok(api.GET("/consent-texts", { params: { query: { language: props.language } } })),
    [props.language],
  );
  return (
    <Dialog title={purposeTitle(props.purpose)} onClose={props.onClose}>
      <Load from={texts}>
        {({ items }) => {
          const text = items.find(({ purpose }) => purpose === props.purpose);
          return text ? (
            <Ask {...props} text={text} />
          ) : (
            <Notice tone="error">{t("textGone")}</Notice>
          );
        }}
      </Load>
    </Dialog>
  );
}

function Ask(props: {
  consultId: string;
  known: Known;
  text: Schema<"ConsentText">;
  onClose: () => void;
  onKept: (handed: Handed) => void;
}): JSX.Element {
  const { consultId, known, text } = props;
  const draft = askDraft(consultId, text.purpose);
  const form = useForm<Giver & { decision: "granted" | "refused" | "" }, Handed>({
    initial: { ...NOBODY, decision: "" },
    draft,
    validate: (values) => [
      ...(values.decision === "" ? [{ pointer: "/decision", detail: t("choose") }] : []),
      ...checkGiver(values),
    ],
    send: (values, key) =>
      hand({
        id: key,
        title: purposeTitle(text.purpose),
        actedAt: Date.now(),
        ...known.going,
        form: { draft, values, page: currentAddress().path },
        doing: {
          kind: "consent",
          consultId,
          seen: known.seen,
          body: {
            ...giverBody(values),
            purpose: text.purpose,
            decision: values.decision === "granted" ? "granted" : "refused",
            language: text.language,
            textVersion: text.version,
          },
        },
      }),
    onSent: props.onKept,
  });
  return (
    <>
      <h3 class="case-label">
        {t("readAloud")} · {languageName(text.language)}
      </h3>
      <p class="prose consent-text" lang={text.language} dir="auto">
        {text.body}
      </p>
      <FormFrame
        form={form}
        submit={t("record")}
        others={<Button onPress={props.onClose}>{t("keep")}</Button>}
      >
        <Choice
          label={t("decision")}
          options={[
            { value: "granted", label: t("yes") },
            { value: "refused", label: t("no") },
          ]}
          {...form.field("/decision")}
        />
        <GiverFields form={form} who={t("who")} how={t("form")} />
      </FormFrame>
    </>
  );
}

/** What ends when this is taken back, said before it is done. */
export function TakeBackDialog(props: {
  consultId: string;
  purpose: Purpose;
  known: Known;
  onClose: () => void;
  onKept: (handed: Handed) => void;
}): JSX.Element {
  const { consultId, purpose, known } = props;
  const draft = backDraft(consultId, purpose);
  const form = useForm<Giver & { reason: string; notRecalled: string }, Handed>({
    initial: { ...NOBODY, reason: "", notRecalled: "" },
    draft,
    validate: (values) => [
      ...checkGiver(values),
      ...(values.reason.trim() ? [] : [{ pointer: "/reason", detail: t("needed") }]),
    ],
    send: (values, key) => {
      const notRecalled = values.notRecalled.trim();
      return hand({
        id: key,
        title: purposeTitle(purpose),
        actedAt: Date.now(),
        ...known.going,
        form: { draft, values, page: currentAddress().path },
        doing: {
          kind: "consent-back",
          consultId,
          seen: known.seen,
          body: {
            ...giverBody(values),
            purpose,
            reason: values.reason.trim(),
            ...(notRecalled && { notRecalled }),
          },
        },
      });
    },
    onSent: props.onKept,
  });
  return (
    <Dialog title={`${t("takeBack")}: ${purposeTitle(purpose)}`} onClose={props.onClose}>
      <Notice tone="warning">{effectOf(purpose)}</Notice>
      <FormFrame
        form={form}
        submit={t("takeBack")}
        danger
        others={<Button onPress={props.onClose}>{t("keep")}</Button>}
      >
        <GiverFields form={form} who={t("whoTookBack")} how={t("formBack")} />
        <TextArea
          label={t("reason")}
          hint={t("reasonHint")}
          rows={2}
          maxLength={500}
          {...form.field("/reason")}
        />
        <TextArea
          label={t("notRecalled")}
          hint={t("notRecalledHint")}
          optional
          rows={2}
          maxLength={1000}
          {...form.field("/notRecalled")}
        />
      </FormFrame>
    </Dialog>
  );
}

function GiverFields<T extends Giver>(props: {
  form: Form<T>;
  who: string;
  how: string;
}): JSX.Element {
  const { form } = props as unknown as { form: Form<Giver> };
  return (
    <>
      <Choice
        label={props.who}
        options={[
          { value: "patient", label: t("patient") },
          { value: "guardian", label: t("guardian") },
        ]}
        {...form.field("/givenBy")}
      />
      {form.values.givenBy === "guardian" && (
        <TextInput
          label={t("relation")}
          hint={t("relationHint")}
          maxLength={100}
          {...form.field("/relation")}
        />
      )}
      <Choice
        label={props.how}
        options={[
          { value: "spoken", label: t("spoken") },
          { value: "thumb", label: t("thumb") },
          { value: "signature", label: t("signature") },
        ]}
        {...form.field("/form")}
      />
      <TextInput label={t("witness")} optional maxLength={200} {...form.field("/witness")} />
    </>
  );
}
