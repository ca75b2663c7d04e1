import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import {
  Badge,
  Button,
  Card,
  Choice,
  Dialog,
  EmptyState,
  FormFrame,
  LinkButton,
  Load,
  Page,
  Row,
  Stack,
  TextArea,
  toast,
  When,
} from "../ui";
import { purposeTitle } from "./state";
import { t } from "./words";

type Waiver = Schema<"Waiver">;

/** Cases that were sent without asking anybody; the supervisor looks at each afterwards. */
export default function WaiversPage(): JSX.Element {
  const waivers = useResource(() => ok(api.GET("/consent-waivers")), [], { live: "consult" });
  const [open, setOpen] = useState<string>();
  return (
    <Page title={t("waiversTitle")} lead={t("waiversLead")}>
      <Load from={waivers}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="check" title={t("noWaivers")}>
              {t("noWaiversLead")}
            </EmptyState>
          ) : (
            <Stack>
              {items.map((waiver) => (
                <WaiverCard
                  key={waiver.consultId}
                  waiver={waiver}
                  onReview={() => setOpen(waiver.consultId)}
                />
              ))}
            </Stack>
          )
        }
      </Load>
      {open && (
        <ReviewDialog
          consultId={open}
          onClose={() => setOpen(undefined)}
          onReviewed={() => {
            setOpen(undefined);
            toast(t("reviewed"));
            waivers.reload();
          }}
        />
      )}
    </Page>
  );
}

function WaiverCard(props: { waiver: Waiver; onReview: () => void }): JSX.Element {
  const { waiver } = props;
  return (
    <Card title={waiver.purposes.map(purposeTitle).join(comma())}>
      <p class="prose" dir="auto">
        {waiver.reason}
      </p>
      <p class="muted">
        {t("sentBy", { name: waiver.recordedBy.name })} · <When at={waiver.at} />
      </p>
      {waiver.review ? (
        <>
          <p>
            {waiver.review.finding === "justified" ? (
              <Badge tone="green">{t("wasJustified")}</Badge>
            ) : (
              <Badge tone="yellow">{t("wasNotJustified")}</Badge>
            )}{" "}
            <bdi>{waiver.review.by.name}</bdi> · <When at={waiver.review.at} />
          </p>
          {waiver.review.text && (
            <p class="prose" dir="auto">
              {waiver.review.text}
            </p>
          )}
        </>
      ) : (
        <Row>
          <Button small onPress={props.onReview}>
            {t("review")}
          </Button>
          <LinkButton small kind="quiet" href={`/scheduler/consults/${waiver.consultId}`}>
            {t("openConsult")}
          </LinkButton>
        </Row>
      )}
    </Card>
  );
}

function ReviewDialog(props: {
  consultId: string;
  onClose: () => void;
  onReviewed: () => void;
}): JSX.Element {
  const form = useForm<{ finding: "justified" | "not-justified" | ""; text: string }, Waiver>({
    initial: { finding: "", text: "" },
    draft: `waiver-review ${props.consultId}`,
    validate: ({ finding, text }) => [
      ...(finding === "" ? [{ pointer: "/finding", detail: t("choose") }] : []),
      ...(finding === "not-justified" && text.trim() === ""
        ? [{ pointer: "/text", detail: t("reviewTextNeeded") }]
        : []),
    ],
    send: ({ finding, text }, key) =>
      ok(
        api.POST("/consults/{consultId}/waiver-review", {
          params: { path: { consultId: props.consultId } },
          body: {
            finding: finding === "justified" ? "justified" : "not-justified",
            ...(text.trim() && { text: text.trim() }),
          },
          headers: once(key),
        }),
      ),
    onSent: props.onReviewed,
  });
  return (
    <Dialog title={t("finding")} onClose={props.onClose}>
      <FormFrame form={form} submit={t("review")}>
        <Choice
          label={t("finding")}
          layout="list"
          options={[
            { value: "justified", label: t("justified") },
            { value: "not-justified", label: t("notJustified") },
          ]}
          {...form.field("/finding")}
        />
        <TextArea
          label={t("reviewText")}
          optional={form.values.finding !== "not-justified"}
          rows={2}
          maxLength={1000}
          {...form.field("/text")}
        />
      </FormFrame>
    </Dialog>
  );
}
