import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { useForm } from "../../form";
import { useResource } from "../../resource";
import {
  Badge,
  Button,
  Card,
  EmptyState,
  FormFrame,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Stack,
  TextInput,
  toast,
  When,
} from "../../ui";
import { t } from "./exportWords";
import "./programs.css";

type Export = Schema<"Export">;

const LOOK_AGAIN_MILLISECONDS = 3_000;

/** Everything that the organisation owns, to take along: made by the server, fetched here. */
export default function ExportPage(): JSX.Element {
  const exports = useResource(() => ok(api.GET("/exports")), []);
  const { state, reload } = exports;
  const isRunning =
    state.kind === "ready" && state.value.items.some((one) => one.state === "running");
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(reload, LOOK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isRunning, reload]);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Stack>
        <Card title={t("start")}>
          <Start onStarted={reload} />
        </Card>
        <Load from={exports} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon="list" title={t("none")}>
                {t("noneLead")}
              </EmptyState>
            ) : (
              items.map((one) => <ExportCard key={one.id} made={one} onDiscarded={reload} />)
            )
          }
        </Load>
        <Notice>{t("whole")}</Notice>
      </Stack>
    </Page>
  );
}

function Start({ onStarted }: { onStarted: () => void }): JSX.Element {
  const form = useForm({
    initial: { password: "" },
    validate: ({ password }) =>
      password ? [] : [{ pointer: "/password", detail: t("askPassword") }],
    send: (body, key) => ok(api.POST("/exports", { body, headers: once(key) })),
    onSent: () => {
      toast(t("started"));
      form.discard();
      onStarted();
    },
  });
  return (
    <FormFrame form={form} submit={t("startShort")}>
      <TextInput
        label={t("password")}
        hint={t("passwordHint")}
        type="password"
        autocomplete="current-password"
        {...form.field("/password")}
      />
    </FormFrame>
  );
}

const TONES = { running: "blue", done: "green", failed: "red" } as const;

function ExportCard(props: { made: Export; onDiscarded: () => void }): JSX.Element {
  const { made } = props;
  const discard = useAct(
    (key) =>
      ok(
        api.DELETE("/exports/{exportId}", {
          params: { path: { exportId: made.id } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("discarded"));
      props.onDiscarded();
    },
  );
  return (
    <Card title={<When at={made.askedAt} />}>
      <Stack>
        <p>
          <Badge tone={TONES[made.state]}>{t(made.state)}</Badge>{" "}
          {t("by", { name: made.askedBy.name })}
        </p>
        <p role="status">
          {made.state === "running"
            ? t("progress", { done: made.typesDone, all: made.types, resources: made.resources })
            : t("resources", { count: made.resources })}
        </p>
        {made.state === "failed" && <Notice tone="error">{t("failedLead")}</Notice>}
        {made.state === "done" && (
          <>
            <ul class="export-files">
              {made.files.map((file, at) => (
                <li key={file.url}>
                  <a href={file.url} download={`${at + 1}-${file.type}.ndjson`}>
                    {file.type}
                  </a>{" "}
                  <span class="muted">{t("resources", { count: file.resources })}</span>
                </li>
              ))}
            </ul>
            <p class="muted small">
              {t("until")} <When at={made.expiresAt} />
            </p>
          </>
        )}
        {discard.problem && <ProblemNotice problem={discard.problem} />}
        <div class="actions">
          <Button small busy={discard.busy} onPress={() => discard.run()}>
            {made.state === "running" ? t("cancel") : t("discard")}
          </Button>
        </div>
      </Stack>
    </Card>
  );
}
