import type { JSX } from "preact";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { useResource } from "../resource";
import { Badge, Button, Card, EmptyState, Load, ProblemNotice, Stack, Table, toast } from "../ui";
import { t } from "./words";

type Mark = Schema<"TraineeMark">;

/** Whose notes wait for a second signature: said by the network's administrator. */
export function Trainees(): JSX.Element {
  const marks = useResource(() => ok(api.GET("/trainees")), []);
  const mark = useAct(
    (key, one: Mark) =>
      ok(
        api.POST("/trainees", {
          body: { accountId: one.person.id, trainee: !one.trainee },
          headers: once(key),
        }),
      ),
    ({ person, trainee }) => {
      toast(t(trainee ? "traineeBegun" : "traineeEnded", { name: person.name }));
      marks.reload();
    },
  );
  return (
    <Card title={t("trainees")}>
      <Stack>
        <p class="muted small">{t("traineesLead")}</p>
        {mark.problem && <ProblemNotice problem={mark.problem} />}
        <Load from={marks} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon="people" title={t("noSpecialists")} />
            ) : (
              <Table
                caption={t("trainees")}
                rows={items}
                rowKey={({ person }) => person.id}
                columns={[
                  {
                    label: t("name"),
                    cell: ({ person }) => (
                      <strong>
                        <bdi>{person.name}</bdi>
                      </strong>
                    ),
                  },
                  {
                    label: t("signing"),
                    cell: ({ trainee }) =>
                      trainee ? (
                        <Badge tone="orange">{t("trainee")}</Badge>
                      ) : (
                        <span class="muted">{t("signsAlone")}</span>
                      ),
                  },
                  {
                    label: t("acts"),
                    cell: (one) => (
                      <Button
                        small
                        busy={mark.busy}
                        label={t(one.trainee ? "endTraineeLabel" : "beginTraineeLabel", {
                          name: one.person.name,
                        })}
                        onPress={() => mark.run(one)}
                      >
                        {t(one.trainee ? "endTrainee" : "beginTrainee")}
                      </Button>
                    ),
                  },
                ]}
              />
            )
          }
        </Load>
      </Stack>
    </Card>
  );
}
