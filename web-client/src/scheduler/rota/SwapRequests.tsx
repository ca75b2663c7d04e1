import type { JSX } from "preact";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { useResource } from "../../resource";
import { dayWithTime } from "../../time";
import { Actions, Badge, Button, Card, Load, ProblemNotice, toast, type Tone } from "../../ui";
import { t } from "./words";

type Swap = Schema<"Swap">;

export const SWAP_TONES: Record<Swap["state"], Tone> = {
  open: "blue",
  waiting: "orange",
  done: "green",
  declined: "neutral",
  withdrawn: "neutral",
};

/** Offered and taken shifts of a rota, what waits for the scheduler first. */
export function SwapRequests(props: { rotaId: string; zone: string }): JSX.Element {
  const swaps = useResource(() => ok(api.GET("/shift-swaps")), [], { live: "roster" });
  const decide = useAct(
    (key: string, swapId: string, approved: boolean) =>
      ok(
        api.POST("/shift-swaps/{swapId}/decision", {
          params: { path: { swapId } },
          body: { approved },
          headers: once(key),
        }),
      ),
    ({ state }) => {
      toast(t(state === "done" ? "agreed" : "refused"));
      swaps.reload();
    },
  );
  return (
    <Card title={t("swaps")}>
      {decide.problem && <ProblemNotice problem={decide.problem} />}
      <Load from={swaps} rows={2}>
        {({ items }) => {
          const own = items.filter(({ rota }) => rota.id === props.rotaId).sort(byTurn);
          return own.length === 0 ? (
            <p class="muted">{t("swapsNone")}</p>
          ) : (
            <ul class="stack">
              {own.slice(0, 10).map((swap) => (
                <li key={swap.id} class="stack stack-small">
                  <span>
                    <Badge tone={SWAP_TONES[swap.state]}>{t(swap.state)}</Badge>{" "}
                    {t("swapLine", {
                      giver: swap.giver.name,
                      layer: t(swap.layer),
                      from: dayWithTime(swap.start, props.zone),
                      to: dayWithTime(swap.end, props.zone),
                    })}
                    {" · "}
                    {whom(swap)}
                  </span>
                  {swap.state === "waiting" && (
                    <Actions>
                      <Button small onPress={() => decide.run(swap.id, false)}>
                        {t("refuse")}
                      </Button>
                      <Button
                        small
                        kind="primary"
                        busy={decide.busy}
                        onPress={() => decide.run(swap.id, true)}
                      >
                        {t("agree")}
                      </Button>
                    </Actions>
                  )}
                </li>
              ))}
            </ul>
          );
        }}
      </Load>
    </Card>
  );
}

function byTurn(a: Swap, b: Swap): number {
  const turn = ({ state }: Swap) => (state === "waiting" ? 0 : state === "open" ? 1 : 2);
  return turn(a) - turn(b);
}

function whom(swap: Swap): string {
  if (swap.taker) return t(swap.state === "done" ? "hasIt" : "takenBy", { name: swap.taker.name });
  return swap.to ? t("toOne", { name: swap.to.name }) : t("toAll");
}
