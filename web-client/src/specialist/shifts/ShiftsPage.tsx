import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { useMe } from "../../consult";
import { useForm } from "../../form";
import { comma } from "../../i18n/comma";
import { useResource } from "../../resource";
import { dayWithTime, millis } from "../../time";
import {
  Badge,
  Button,
  Card,
  DateTimeInput,
  Dialog,
  FieldRow,
  FormFrame,
  Load,
  Page,
  ProblemNotice,
  Select,
  Stack,
  toast,
  type Tone,
  When,
} from "../../ui";
import { StandByCard } from "./StandByCard";
import { t } from "./words";
import "./shifts.css";

type OwnShift = Schema<"OwnShift">;
type Swap = Schema<"Swap">;

const STATES = {
  open: ["blue", "open"],
  waiting: ["orange", "stateWaiting"],
  done: ["green", "done"],
  declined: ["neutral", "declined"],
  withdrawn: ["neutral", "stateWithdrawn"],
} as const satisfies Record<Swap["state"], readonly [Tone, string]>;

/** A volunteer's own on-call shifts; offering one, and taking a colleague's, is one tap each. */
export function ShiftsPage(): JSX.Element {
  const me = useMe();
  const shifts = useResource(() => ok(api.GET("/rota-shifts")), [], { live: "roster" });
  const swaps = useResource(() => ok(api.GET("/shift-swaps")), [], { live: "roster" });
  const [offering, setOffering] = useState<OwnShift>();
  const reload = () => {
    shifts.reload();
    swaps.reload();
  };
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Stack>
        <Card title={t("takable")}>
          <Load from={swaps} rows={2}>
            {({ items }) => {
              const open = items.filter(
                (swap) => swap.state === "open" && swap.giver.id !== me.account.id,
              );
              return open.length === 0 ? (
                <p class="muted">{t("takableNone")}</p>
              ) : (
                <ul class="stack">
                  {open.map((swap) => (
                    <Takable key={swap.id} swap={swap} onTaken={reload} />
                  ))}
                </ul>
              );
            }}
          </Load>
        </Card>
        <Card title={t("mine")}>
          <Load from={shifts}>
            {({ items }) =>
              items.length === 0 ? (
                <p class="muted">{t("mineNone")}</p>
              ) : (
                <ul class="stack">
                  {items.map((shift) => (
                    <li key={shift.id} class="shift-line">
                      <span>
                        <strong>{shift.rota.name}</strong>
                        {comma()}
                        {t(shift.layer)}
                        {(shift.state === "swapped" || shift.state === "covered") &&
                          `${comma()}${t(shift.state)}`}
                        <br />
                        <When at={shift.start} dated zone={shift.rota.zone} /> {t("until")}{" "}
                        <When at={shift.end} dated zone={shift.rota.zone} />
                      </span>
                      <Button
                        small
                        label={t("offerLabel", { start: dayWithTime(shift.start) })}
                        onPress={() => setOffering(shift)}
                      >
                        {t("offer")}
                      </Button>
                    </li>
                  ))}
                </ul>
              )
            }
          </Load>
        </Card>
        <StandByCard />
        <Load from={swaps} rows={1}>
          {({ items }) => (
            <Offered
              swaps={items.filter((swap) => swap.giver.id === me.account.id)}
              onChanged={reload}
            />
          )}
        </Load>
      </Stack>
      {offering && (
        <OfferDialog
          shift={offering}
          onClose={() => setOffering(undefined)}
          onOffered={() => {
            setOffering(undefined);
            reload();
          }}
        />
      )}
    </Page>
  );
}

function Takable(props: { swap: Swap; onTaken: () => void }): JSX.Element {
  const { swap } = props;
  const take = useAct(
    (key: string) =>
      ok(
        api.POST("/shift-swaps/{swapId}/acceptance", {
          params: { path: { swapId: swap.id } },
          headers: once(key),
        }),
      ),
    ({ state }) => {
      toast(t(state === "waiting" ? "waiting" : "taken"));
      props.onTaken();
    },
  );
  return (
    <li class="stack stack-small">
      <div class="shift-line">
        <span>
          <strong>{t("from", { name: swap.giver.name, rota: swap.rota.name })}</strong>
          {comma()}
          {t(swap.layer)}
          <br />
          <When at={swap.start} dated zone={swap.rota.zone} /> {t("until")}{" "}
          <When at={swap.end} dated zone={swap.rota.zone} />
        </span>
        <Button
          small
          kind="primary"
          busy={take.busy}
          disabled={!swap.canTake}
          label={t("takeLabel", { name: swap.giver.name, start: dayWithTime(swap.start) })}
          onPress={() => take.run()}
        >
          {t("take")}
        </Button>
      </div>
      {swap.whyNot && <p class="muted small">{swap.whyNot}</p>}
      {take.problem && <ProblemNotice problem={take.problem} />}
    </li>
  );
}

function Offered(props: { swaps: readonly Swap[]; onChanged: () => void }): JSX.Element | null {
  const withdraw = useAct(
    (key: string, swapId: string) =>
      ok(
        api.POST("/shift-swaps/{swapId}/withdrawal", {
          params: { path: { swapId } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("withdrawn"));
      props.onChanged();
    },
  );
  if (props.swaps.length === 0) return null;
  return (
    <Card title={t("offered")}>
      {withdraw.problem && <ProblemNotice problem={withdraw.problem} />}
      <ul class="stack">
        {props.swaps.slice(0, 10).map((swap) => {
          const [tone, word] = STATES[swap.state];
          return (
            <li key={swap.id} class="shift-line">
              <span>
                <Badge tone={tone}>{t(word)}</Badge>{" "}
                {swap.taker && t("by", { name: swap.taker.name })}
                <br />
                <When at={swap.start} dated zone={swap.rota.zone} /> {t("until")}{" "}
                <When at={swap.end} dated zone={swap.rota.zone} />
              </span>
              {swap.state === "open" && (
                <Button small busy={withdraw.busy} onPress={() => withdraw.run(swap.id)}>
                  {t("withdraw")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function OfferDialog(props: {
  shift: OwnShift;
  onClose: () => void;
  onOffered: () => void;
}): JSX.Element {
  const { shift } = props;
  const me = useMe();
  const { state } = useResource(
    () => ok(api.GET("/volunteers", { params: { query: { kind: "specialist" } } })),
    [],
  );
  const others = state.kind === "ready" ? state.value.items : [];
  const form = useForm({
    initial: { toId: "", start: shift.start, end: shift.end },
    validate: ({ start, end }) => {
      const errors = [];
      if (!start) errors.push({ pointer: "/start", detail: t("askWhen") });
      if (!end) errors.push({ pointer: "/end", detail: t("askWhen") });
      else if (start && millis(end) <= millis(start)) {
        errors.push({ pointer: "/end", detail: t("askOrder") });
      }
      return errors;
    },
    send: ({ toId, start, end }, key) =>
      ok(
        api.POST("/shift-swaps", {
          body: { shiftId: shift.id, start, end, ...(toId ? { toId } : {}) },
          headers: once(key),
        }),
      ),
    onSent: () => {
      toast(t("sent"));
      props.onOffered();
    },
  });
  return (
    <Dialog title={t("offerTitle")} onClose={props.onClose}>
      <p>{t("offerLead")}</p>
      <FormFrame
        form={form}
        submit={t("send")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <Select
          label={t("whom")}
          empty={t("everybody")}
          options={others
            .filter(({ id }) => id !== me.account.id)
            .map(({ id, name }) => ({ value: id, label: name }))}
          {...form.field("/toId")}
        />
        <FieldRow>
          <DateTimeInput label={t("start")} {...form.field("/start")} />
          <DateTimeInput label={t("end")} {...form.field("/end")} />
        </FieldRow>
      </FormFrame>
    </Dialog>
  );
}
