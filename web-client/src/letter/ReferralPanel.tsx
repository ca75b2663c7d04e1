import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import { useForm } from "../form";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import {
  Badge,
  Button,
  Card,
  Choice,
  Dialog,
  FormFrame,
  Load,
  Notice,
  Row,
  Select,
  Stack,
  TextArea,
  TextInput,
  toast,
  When,
} from "../ui";
import { LETTER_LANGUAGES, labelsFor } from "./languages";
import { LetterLink } from "./LetterLink";
import { t } from "./words";

type Referral = Schema<"Referral">;
type Status = Schema<"ReferralStatus">;
type HowSoon = Schema<"ReferralContent">["urgency"];

/** Letters that send the patient on, and what became of each. */
export function ReferralPanel(props: {
  consultId: string;
  /** BCP 47, of the consult's texts. */
  language: string;
  /** Only the treating clinic refers. */
  mayRefer: boolean;
}): JSX.Element {
  const { consultId } = props;
  const referrals = useResource(
    () => ok(api.GET("/consults/{consultId}/referrals", { params: { path: { consultId } } })),
    [consultId],
    { live: consultId },
  );
  const [open, setOpen] = useState<"refer" | Referral>();
  const close = (): void => setOpen(undefined);
  const changed = (sentence: string): void => {
    close();
    toast(sentence);
    referrals.reload();
  };
  return (
    <Card title={t("referrals")}>
      <Load from={referrals} rows={1}>
        {({ items }) => (
          <Stack>
            {items.length === 0 && <p class="muted">{t("noReferrals")}</p>}
            {items.map((referral) => (
              <ReferralShown
                key={referral.id}
                consultId={consultId}
                referral={referral}
                {...(props.mayRefer &&
                  statusOf(referral) !== "withdrawn" && { onTell: () => setOpen(referral) })}
              />
            ))}
            {props.mayRefer && (
              <Row>
                <Button small onPress={() => setOpen("refer")}>
                  {t("refer")}
                </Button>
              </Row>
            )}
          </Stack>
        )}
      </Load>
      {open === "refer" && (
        <Dialog title={t("refer")} onClose={close}>
          <Notice>{t("referLead")}</Notice>
          <ReferForm {...props} onSigned={() => changed(t("signed"))} />
        </Dialog>
      )}
      {open !== undefined && open !== "refer" && (
        <Dialog title={t("tell")} onClose={close}>
          <NewsForm consultId={consultId} referral={open} onKept={() => changed(t("told"))} />
        </Dialog>
      )}
    </Card>
  );
}

function statusOf(referral: Referral): Status | undefined {
  return referral.news[0]?.status;
}

function ReferralShown(props: {
  consultId: string;
  referral: Referral;
  onTell?: () => void;
}): JSX.Element {
  const { referral } = props;
  const { content } = referral;
  const status = statusOf(referral);
  return (
    <div class="stack">
      <Row>
        <strong>
          <bdi>{t("to", { facility: content.toFacility })}</bdi>
        </strong>
        {status && (
          <Badge tone={status === "arrived" ? "green" : "neutral"}>{statusName(status)}</Badge>
        )}
      </Row>
      <p class="prose" dir="auto" lang={content.language}>
        {howSoonName(content.urgency)}: {content.reason}
      </p>
      <p class="muted small">
        <bdi>{referral.author.name}</bdi>
        {comma()}
        <When at={referral.signedAt} />
      </p>
      <LetterLink
        path={`/consults/${props.consultId}/referrals/${referral.id}`}
        language={content.language}
      />
      {props.onTell && (
        <Row>
          <Button small onPress={props.onTell}>
            {t("tell")}
          </Button>
        </Row>
      )}
    </div>
  );
}

const EMPTY = {
  toFacility: "",
  toService: "",
  urgency: "today" as HowSoon,
  reason: "",
  transport: "",
  summary: "",
  password: "",
};

function ReferForm(props: {
  consultId: string;
  language: string;
  onSigned: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { ...EMPTY, language: labelsFor(props.language) },
    draft: `referral ${props.consultId}`,
    notInDraft: ["password"],
    validate: referralErrors,
    send: ({ password, ...values }, key) =>
      ok(
        api.POST("/consults/{consultId}/referrals", {
          params: { path: { consultId: props.consultId } },
          body: { content: contentOf(values), password },
          headers: once(key),
        }),
      ),
    onSent: props.onSigned,
    fieldOf: (pointer) => pointer.replace(/^\/content/, ""),
  });
  return (
    <FormFrame form={form} submit={t("sign")}>
      <TextInput label={t("facility")} maxLength={200} {...form.field("/toFacility")} />
      <TextInput label={t("service")} optional maxLength={200} {...form.field("/toService")} />
      <Choice
        label={t("howSoon")}
        options={(["now", "today", "this-week", "routine"] as const).map((value) => ({
          value,
          label: howSoonName(value),
        }))}
        {...form.field("/urgency")}
      />
      <TextArea label={t("reason")} rows={3} maxLength={4000} {...form.field("/reason")} />
      <TextArea
        label={t("summary")}
        optional
        rows={4}
        maxLength={10_000}
        {...form.field("/summary")}
      />
      <TextInput label={t("transport")} optional maxLength={1000} {...form.field("/transport")} />
      <Select label={t("language")} options={LETTER_LANGUAGES} {...form.field("/language")} />
      <TextInput
        label={t("password")}
        type="password"
        autocomplete="current-password"
        {...form.field("/password")}
      />
    </FormFrame>
  );
}

type Values = typeof EMPTY & { language: string };

export function referralErrors(values: Values): FieldError[] {
  const errors: FieldError[] = [];
  if (!values.toFacility.trim()) {
    errors.push({ pointer: "/toFacility", detail: t("facilityNeeded") });
  }
  if (!values.reason.trim()) errors.push({ pointer: "/reason", detail: t("reasonNeeded") });
  if (!values.password) errors.push({ pointer: "/password", detail: t("passwordNeeded") });
  return errors;
}

/** What is signed: only what was written. */
export function contentOf(values: Omit<Values, "password">): Schema<"ReferralContent"> {
  const toService = values.toService.trim();
  const transport = values.transport.trim();
  const summary = values.summary.trim();
  return {
    language: values.language,
    toFacility: values.toFacility.trim(),
    urgency: values.urgency,
    reason: values.reason.trim(),
    ...(toService && { toService }),
    ...(transport && { transport }),
    ...(summary && { summary }),
  };
}

const STATUSES: readonly Status[] = [
  "on-the-way",
  "arrived",
  "not-arrived",
  "refused",
  "returned",
  "withdrawn",
];

function NewsForm(props: {
  consultId: string;
  referral: Referral;
  onKept: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { status: "" as Status | "", text: "" },
    draft: `referral-news ${props.referral.id}`,
    validate: ({ status }) => (status ? [] : [{ pointer: "/status", detail: t("whatNeeded") }]),
    send: ({ status, text }, key) =>
      ok(
        api.POST("/consults/{consultId}/referrals/{referralId}/news", {
          params: { path: { consultId: props.consultId, referralId: props.referral.id } },
          body: { status: status as Status, ...(text.trim() && { text: text.trim() }) },
          headers: once(key),
        }),
      ),
    onSent: props.onKept,
  });
  return (
    <FormFrame form={form} submit={t("keep")}>
      <Choice
        label={t("what")}
        options={STATUSES.map((value) => ({ value, label: statusName(value) }))}
        {...form.field("/status")}
      />
      <TextArea label={t("details")} optional rows={2} maxLength={2000} {...form.field("/text")} />
    </FormFrame>
  );
}

function howSoonName(urgency: HowSoon): string {
  const names = {
    now: t("now"),
    today: t("today"),
    "this-week": t("thisWeek"),
    routine: t("routine"),
  };
  return names[urgency];
}

function statusName(status: Status): string {
  const names = {
    "on-the-way": t("onTheWay"),
    arrived: t("arrived"),
    "not-arrived": t("notArrived"),
    refused: t("refused"),
    returned: t("returned"),
    withdrawn: t("withdrawn"),
  };
  return names[status];
}
