import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { useSpecialtyName } from "../../consult";
import { clockTime, useNow } from "../../time";
import { Badge, Card } from "../../ui";
import { t } from "./words";

/** Who can be rung at this moment. */
export function DutyNow(props: { volunteers: readonly Schema<"Volunteer">[] }): JSX.Element {
  const now = useNow();
  const specialtyName = useSpecialtyName();
  const onDuty = props.volunteers.filter(({ onDutyNow, onCallNow }) => onDutyNow || onCallNow);
  return (
    <Card>
      {onDuty.length === 0 ? (
        <p class="muted">{t("onDutyNobody")}</p>
      ) : (
        <>
          <h2>{t("onDutyNowCount", { count: onDuty.length })}</h2>
          <ul class="duty-now">
            {onDuty.map((one) => (
              <li key={one.id}>
                <Badge tone={one.onCallNow ? "red" : "green"}>
                  {one.onCallNow ? t("onCall") : t("available")}
                </Badge>
                <span>
                  <bdi>{one.name}</bdi>{" "}
                  <span class="muted small">
                    {[
                      ...one.specialties.map(({ code, label }) => specialtyName(code, label)),
                      t("timeThere", { time: clockTime(now, one.zone) }),
                    ].join(" · ")}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
