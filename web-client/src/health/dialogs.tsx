import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, basedOn, newKey, ok, once } from "../api/client";
import { useForm } from "../form";
import { useResource } from "../resource";
import { Button, Dialog, Disclosure, FormFrame, Load, TextArea, When } from "../ui";
import { DateInput, EntryFields } from "./EntryFields";
import {
  addTitle,
  correctionOf,
  type DateParts,
  dateError,
  dateOf,
  detailOf,
  endedBefore,
  entryErrors,
  entryOf,
  type EntryValues,
  type Item,
  type Kind,
  NEW_ENTRY,
  NO_DATE,
  valuesOf,
} from "./items";
import { t } from "./words";

interface Closing {
  readonly onClose: () => void;
  readonly onKept: (words: string) => void;
}

/** Puts something on the list. The id is made here, so that sending twice makes one item. */
export function AddDialog(props: { patientId: string; kind: Kind } & Closing): JSX.Element {
  const { patientId, kind } = props;
  const form = useForm<EntryValues & { id: string }, Item>({
    initial: { ...NEW_ENTRY, id: newKey() },
    draft: `health ${patientId} ${kind}`,
    validate: (values) => entryErrors(values, kind),
    fieldOf: (pointer) => pointer.replace(/^\/entry/, ""),
    send: ({ id, ...values }, key) =>
      ok(
        api.POST("/patients/{patientId}/health-items", {
          params: { path: { patientId } },
          body: { id, kind, entry: entryOf(values, kind) },
          headers: once(key),
        }),
      ),
    onSent: () => props.onKept(t("added")),
  });
  return (
    <Dialog title={addTitle(kind)} onClose={props.onClose}>
      <FormFrame
        form={form}
        submit={t("save")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <EntryFields form={form} kind={kind} autofocus />
      </FormFrame>
    </Dialog>
  );
}

type Act = "look" | "change" | "end" | "error";

/** One item with what can be said about it from here on, and what was said before. */
export function ItemDialog(props: { patientId: string; item: Item } & Closing): JSX.Element {
  const { item } = props;
  const [act, setAct] = useState<Act>("look");
  const back = () => setAct("look");
  return (
    <Dialog title={item.text ?? t("noneKnown")} onClose={props.onClose}>
      {act === "look" && <Look {...props} onAct={setAct} />}
      {act === "change" && <Change {...props} onBack={back} />}
      {act === "end" && <End {...props} onBack={back} />}
      {act === "error" && <Wrong {...props} onBack={back} />}
    </Dialog>
  );
}

function Look(props: { patientId: string; item: Item; onAct: (act: Act) => void }): JSX.Element {
  const { item } = props;
  const path = { patientId: props.patientId, itemId: item.id };
  const mayEnd = item.status === "active" && item.kind !== "immunization" && !item.noneKnown;
  return (
    <>
      <Said item={item} />
      <div class="stack stack-small">
        {!item.noneKnown && (
          <Button wide kind="primary" onPress={() => props.onAct("change")}>
            {t("change")}
          </Button>
        )}
        {mayEnd && (
          <Button wide onPress={() => props.onAct("end")}>
            {item.kind === "medication" ? t("endMedication") : t("end")}
          </Button>
        )}
        <Button wide onPress={() => props.onAct("error")}>
          {t("error")}
        </Button>
      </div>
      {item.version > 1 && <Before path={path} />}
    </>
  );
}

function Said({ item }: { item: Item }): JSX.Element {
  return (
    <div class="stack stack-small">
      {detailOf(item) && <p dir="auto">{detailOf(item)}</p>}
      {item.code && (
        <p class="muted small" title={item.code.system}>
          <bdi>{t("code", { code: item.code.code })}</bdi>
        </p>
      )}
      {item.verification === "unconfirmed" && <p>{t("told")}</p>}
      {item.reason && <p dir="auto">{t("because", { reason: item.reason })}</p>}
      <p class="muted small">
        <bdi>{t("sayer", { name: item.assertedBy.name })}</bdi> <When at={item.assertedAt} />
      </p>
    </div>
  );
}

function Before({ path }: { path: { patientId: string; itemId: string } }): JSX.Element {
  const [asked, setAsked] = useState(false);
  return (
    <Disclosure summary={t("history")} onOpen={() => setAsked(true)}>
      {asked && <Versions path={path} />}
    </Disclosure>
  );
}

function Versions({ path }: { path: { patientId: string; itemId: string } }): JSX.Element {
  const versions = useResource(
    () => ok(api.GET("/patients/{patientId}/health-items/{itemId}/versions", { params: { path } })),
    [path.itemId],
  );
  return (
    <Load from={versions} rows={2}>
      {({ items }) => (
        <ol class="stack">
          {items.slice(1).map((version) => (
            <li key={version.version}>
              <strong dir="auto">{version.text ?? t("noneKnown")}</strong>
              <Said item={version} />
            </li>
          ))}
        </ol>
      )}
    </Load>
  );
}

type ActProps = { patientId: string; item: Item; onBack: () => void } & Closing;

function Change(props: ActProps): JSX.Element {
  const { item } = props;
  const form = useForm<EntryValues, Item>({
    initial: valuesOf(item),
    draft: `health-change ${item.id} ${item.version}`,
    validate: (values) => entryErrors(values, item.kind),
    send: (values, key) =>
      ok(
        api.PUT("/patients/{patientId}/health-items/{itemId}", {
          params: { path: { patientId: props.patientId, itemId: item.id } },
          body: {
            ...correctionOf(values, item),
            ...(item.consultId && { consultId: item.consultId }),
          },
          headers: { ...basedOn(item.version), ...once(key) },
        }),
      ),
    onSent: () => props.onKept(t("changed")),
  });
  return (
    <FormFrame
      form={form}
      submit={t("save")}
      others={<Button onPress={props.onBack}>{t("back")}</Button>}
    >
      <EntryFields form={form} kind={item.kind} />
    </FormFrame>
  );
}

function End(props: ActProps): JSX.Element {
  const { item } = props;
  const medicine = item.kind === "medication";
  const form = useForm<{ on: DateParts; reason: string }, Item>({
    initial: { on: NO_DATE, reason: "" },
    draft: `health-end ${item.id}`,
    validate: ({ on }) => {
      const detail = dateError(on) ?? endedBefore(item.onset ?? "", dateOf(on));
      return detail ? [{ pointer: "/on", detail }] : [];
    },
    send: (values, key) => {
      const on = dateOf(values.on);
      const reason = values.reason.trim();
      return ok(
        api.POST("/patients/{patientId}/health-items/{itemId}/end", {
          params: { path: { patientId: props.patientId, itemId: item.id } },
          body: { version: item.version, ...(on && { on }), ...(reason && { reason }) },
          headers: once(key),
        }),
      );
    },
    onSent: () => props.onKept(t("hasEnded")),
  });
  return (
    <FormFrame
      form={form}
      submit={medicine ? t("endMedication") : t("end")}
      others={<Button onPress={props.onBack}>{t("back")}</Button>}
    >
      <DateInput
        label={medicine ? t("endedOnMedication") : t("endedOn")}
        hint={t("dateHint")}
        optional
        {...form.field("/on")}
      />
      <TextArea
        label={t("endReason")}
        optional
        rows={2}
        maxLength={500}
        {...form.field("/reason")}
      />
    </FormFrame>
  );
}

function Wrong(props: ActProps): JSX.Element {
  const { item } = props;
  const form = useForm<{ reason: string }, Item>({
    initial: { reason: "" },
    draft: `health-error ${item.id}`,
    validate: ({ reason }) =>
      reason.trim() ? [] : [{ pointer: "/reason", detail: t("reasonNeeded") }],
    send: (values, key) =>
      ok(
        api.POST("/patients/{patientId}/health-items/{itemId}/error", {
          params: { path: { patientId: props.patientId, itemId: item.id } },
          body: { version: item.version, reason: values.reason.trim() },
          headers: once(key),
        }),
      ),
    onSent: () => props.onKept(t("marked")),
  });
  return (
    <FormFrame
      form={form}
      submit={t("error")}
      danger
      others={<Button onPress={props.onBack}>{t("back")}</Button>}
    >
      <p>{t("errorLead")}</p>
      <TextArea label={t("reason")} rows={2} maxLength={500} {...form.field("/reason")} />
    </FormFrame>
  );
}
