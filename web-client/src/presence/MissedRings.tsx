import type { JSX } from "preact";
import { useAct } from "../act";
import { api, ok, once } from "../api/client";
import { consultHref } from "../call/consultHref";
import { UrgencyBadge } from "../consult/parts";
import { useSpecialtyName } from "../consult/reference";
import { useResource } from "../resource";
import type { Role } from "../session";
import { Button, Load, ProblemNotice, When } from "../ui";
import { rings } from "./rings";
import { t } from "./words";
import "./presence.css";

/** Who rang while nobody answered; until the person says that they have seen it. */
export default function MissedRings(props: { role: Role; onLeave: () => void }): JSX.Element {
  const specialty = useSpecialtyName();
  const missed = useResource(
    () => ok(api.GET("/rings", { params: { query: { missed: true } } })),
    [],
  );
  const seen = useAct(
    (key, ids: readonly string[]) =>
      ok(api.POST("/rings/seen", { body: { rings: [...ids] }, headers: once(key) })),
    () => {
      rings.set({ ...rings.get(), missed: 0 });
      missed.reload();
    },
  );
  return (
    <Load from={missed} rows={1}>
      {({ items }) =>
        items.length > 0 && (
          <section class="stack stack-small">
            <h3>{t("missed")}</h3>
            <ul class="ring-people">
              {items.map((ring) => (
                <li key={ring.id}>
                  <span class="ring-person">
                    <strong>
                      <bdi>{ring.caller?.name ?? t("missedAnOffer")}</bdi>
                    </strong>
                    <span class="muted small">
                      {ring.specialty && `${specialty(ring.specialty)} · `}
                      <When at={ring.rungAt} /> {ring.state === "busy" && t("wasBusy")}
                    </span>
                  </span>
                  {ring.urgency && <UrgencyBadge urgency={ring.urgency} />}
                  <a
                    class="button button-plain button-small"
                    href={
                      ring.kind === "offer"
                        ? "/specialist"
                        : consultHref(props.role, ring.consultId)
                    }
                    onClick={props.onLeave}
                  >
                    {ring.kind === "offer" ? t("openOffers") : t("openConsult")}
                  </a>
                </li>
              ))}
            </ul>
            <div>
              <Button
                small
                icon="check"
                busy={seen.busy}
                onPress={() => seen.run(items.map(({ id }) => id))}
              >
                {t("seen")}
              </Button>
            </div>
            {seen.problem && <ProblemNotice problem={seen.problem} />}
          </section>
        )
      }
    </Load>
  );
}
