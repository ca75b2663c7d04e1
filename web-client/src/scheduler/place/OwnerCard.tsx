import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { isOpen, useMe, valueOf } from "../../consult";
import { useForm } from "../../form";
import { type Loaded, useResource } from "../../resource";
import {
  Actions,
  Button,
  Card,
  Choice,
  Dialog,
  FormFrame,
  Notice,
  ProblemNotice,
  Select,
  TextArea,
  toast,
} from "../../ui";
import { t } from "./ladderWords";

type Summary = Schema<"ConsultSummary">;
type Duty = Schema<"Duty">;

const WHERE: readonly Schema<"Redirection">[] = ["emergency", "not-suitable", "other-network"];

export function useDuty(): Loaded<Duty> {
  return useResource(() => ok(api.GET("/duty")), [], { live: "consult" });
}

/** In words who answers for a consult: never nobody until it is over. */
export function ownerText(custody: Schema<"Custody">, me: string): string {
  const { kind, person } = custody.owner;
  switch (kind) {
    case "duty-group":
      return t("ownerGroup");
    case "nobody":
      return t("ownerNobody");
    case "coordinator":
    case "specialist":
    case "clinic":
      return person === undefined || person.id === me ? t("ownerYou") : person.name;
  }
}

/** Who answers for it, with taking over, handing over by name, and redirecting. */
export function OwnerCard(props: { summary: Summary; onChanged: () => void }): JSX.Element {
  const { summary } = props;
  const { custody } = summary;
  const me = useMe().account.id;
  const duty = useDuty();
  const [open, setOpen] = useState<"hand-over" | "redirect">();
  const takeOver = useAct(
    (key: string) =>
      ok(
        api.POST("/consults/{consultId}/take-over", {
          params: { path: { consultId: summary.id } },
          body: custody.coordinator ? { from: custody.coordinator.id } : {},
          headers: once(key),
        }),
      ),
    () => {
      toast(t("tookOver"));
      props.onChanged();
    },
  );
  const mine = custody.coordinator?.id === me;
  const placing = ["submitted", "triaged", "offered"].includes(summary.status);
  const close = () => setOpen(undefined);
  const done = (said: string) => {
    close();
    toast(said);
    props.onChanged();
  };
  return (
    <Card title={t("owner")}>
      <Attention custody={custody} />
      <p>
        <strong>
          <bdi>{ownerText(custody, me)}</bdi>
        </strong>
        {custody.coordinator && custody.owner.person?.id !== custody.coordinator.id && (
          <span class="muted">
            {" "}
            · <bdi>{t("behind", { name: custody.coordinator.name })}</bdi>
          </span>
        )}
      </p>
      {custody.handingTo && (
        <Notice>
          {custody.handingTo.id === me
            ? t("handingYou")
            : t("handing", { name: custody.handingTo.name })}
        </Notice>
      )}
      {takeOver.problem && <ProblemNotice problem={takeOver.problem} onRetry={props.onChanged} />}
      {isOpen(summary) && (
        <Actions>
          {!mine && (
            <Button
              kind={custody.handingTo?.id === me ? "primary" : "plain"}
              busy={takeOver.busy}
              onPress={() => takeOver.run()}
            >
              {t("takeOver")}
            </Button>
          )}
          <Button onPress={() => setOpen("hand-over")}>{t("handOver")}</Button>
          {placing && (
            <Button kind="quiet" onPress={() => setOpen("redirect")}>
              {t("redirect")}
            </Button>
          )}
        </Actions>
      )}
      {open === "hand-over" && (
        <HandOverDialog
          consultId={summary.id}
          colleagues={[...(valueOf(duty)?.colleagues ?? []), ...(valueOf(duty)?.supervisors ?? [])]}
          onClose={close}
          onDone={() => done(t("handedOver"))}
        />
      )}
      {open === "redirect" && (
        <RedirectDialog
          consultId={summary.id}
          onClose={close}
          onDone={() => done(t("redirected"))}
        />
      )}
    </Card>
  );
}

/** A call to the supervisor that is still to be made has its own card. */
function Attention({ custody }: { custody: Schema<"Custody"> }): JSX.Element | null {
  if (custody.attention === "none" || custody.supervisorCall) return null;
  return custody.attention === "own" ? (
    <Notice tone="warning" title={t("own")}>
      {t("ownLead")}
    </Notice>
  ) : (
    <Notice tone="warning" title={t("supervisorDone")}>
      {t("supervisorDoneLead")}
    </Notice>
  );
}

export function HandOverDialog(props: {
  consultId: string;
  colleagues: readonly Schema<"PersonRef">[];
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { to: "" },
    validate: ({ to }) => (to ? [] : [{ pointer: "/to", detail: t("handOverAsk") }]),
    send: ({ to }, key) =>
      ok(
        api.POST("/consults/{consultId}/hand-over", {
          params: { path: { consultId: props.consultId } },
          body: { to },
          headers: once(key),
        }),
      ),
    onSent: props.onDone,
  });
  return (
    <Dialog title={t("handOverTitle")} onClose={props.onClose}>
      <p>{t("handOverLead")}</p>
      <FormFrame
        form={form}
        submit={t("handOverSend")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <Select
          label={t("handOverTo")}
          empty={t("handOverChoose")}
          options={props.colleagues.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.field("/to")}
        />
      </FormFrame>
    </Dialog>
  );
}

function RedirectDialog(props: {
  consultId: string;
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { where: "" as Schema<"Redirection"> | "", reason: "" },
    draft: `redirection ${props.consultId}`,
    validate: ({ where, reason }) => [
      ...(where ? [] : [{ pointer: "/where", detail: t("redirectAskWhere") }]),
      ...(reason.trim() ? [] : [{ pointer: "/reason", detail: t("redirectAsk") }]),
    ],
    send: ({ where, reason }, key) =>
      ok(
        api.POST("/consults/{consultId}/redirection", {
          params: { path: { consultId: props.consultId } },
          body: { where: where as Schema<"Redirection">, reason: reason.trim() },
          headers: once(key),
        }),
      ),
    onSent: props.onDone,
  });
  return (
    <Dialog title={t("redirectTitle")} onClose={props.onClose}>
      <p>{t("redirectLead")}</p>
      <FormFrame
        form={form}
        submit={t("redirectSend")}
        danger
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <Choice
          label={t("redirectWhere")}
          options={WHERE.map((value) => ({ value, label: t(value) }))}
          {...form.field("/where")}
        />
        <TextArea label={t("redirectReason")} rows={2} maxLength={500} {...form.field("/reason")} />
      </FormFrame>
    </Dialog>
  );
}
