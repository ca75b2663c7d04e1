import type { JSX } from "preact";
import { useAct } from "../../act";
import { api, ok, once } from "../../api/client";
import { useForm } from "../../form";
import { useResource } from "../../resource";
import { dayWithTime } from "../../time";
import {
  Button,
  Card,
  DateTimeInput,
  Disclosure,
  FieldRow,
  FormFrame,
  Load,
  ProblemNotice,
  Stack,
  toast,
  When,
} from "../../ui";
import { standByErrors } from "./standBy";
import { t } from "./words";

/** Hours that a specialist keeps free for patients who wait for a time. */
export function StandByCard(): JSX.Element {
  const hours = useResource(() => ok(api.GET("/stand-by")), []);
  const drop = useAct(
    (key: string, standById: string) =>
      ok(
        api.DELETE("/stand-by/{standById}", {
          params: { path: { standById } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("standByDropped"));
      hours.reload();
    },
  );
  return (
    <Card title={t("standBy")}>
      <Stack>
        <p class="muted small">{t("standByLead")}</p>
        {drop.problem && <ProblemNotice problem={drop.problem} />}
        <Load from={hours} rows={1}>
          {({ items }) =>
            items.length === 0 ? (
              <p class="muted">{t("standByNone")}</p>
            ) : (
              <ul class="stack">
                {items.map(({ id, start, end }) => (
                  <li key={id} class="shift-line">
                    <span>
                      <When at={start} /> {t("until")} <When at={end} />
                    </span>
                    <Button
                      small
                      busy={drop.busy}
                      label={t("standByDropLabel", { start: dayWithTime(start) })}
                      onPress={() => drop.run(id)}
                    >
                      {t("standByDrop")}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Load>
        <Disclosure summary={t("standByAdd")}>
          <StandByForm onKept={hours.reload} />
        </Disclosure>
      </Stack>
    </Card>
  );
}

function StandByForm({ onKept }: { onKept: () => void }): JSX.Element {
  const form = useForm({
    initial: { start: "", end: "" },
    validate: (values) => standByErrors(values, Date.now()),
    send: (body, key) => ok(api.POST("/stand-by", { body, headers: once(key) })),
    onSent: () => {
      toast(t("standByKept"));
      form.discard();
      onKept();
    },
  });
  return (
    <FormFrame form={form} submit={t("standByKeep")}>
      <FieldRow>
        <DateTimeInput label={t("start")} {...form.field("/start")} />
        <DateTimeInput label={t("end")} {...form.field("/end")} />
      </FieldRow>
    </FormFrame>
  );
}
