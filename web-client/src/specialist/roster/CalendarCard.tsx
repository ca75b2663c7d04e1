import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, type Schema } from "../../api/client";
import { useForm } from "../../form";
import { useResource } from "../../resource";
import {
  Actions,
  Button,
  Card,
  CopyButton,
  FormFrame,
  LinkToCopy,
  Load,
  Notice,
  ProblemNotice,
  Stack,
  TextInput,
  toast,
  When,
} from "../../ui";
import { t } from "./calendarWords";

type Links = Schema<"CalendarLinks">;

/** One's own calendar program: what we put into it, and the busy times we read from it. */
export function CalendarCard(): JSX.Element {
  const links = useResource(() => ok(api.GET("/calendar")), [], { live: "roster" });
  return (
    <Card title={t("title")}>
      <Load from={links} rows={2}>
        {(value) => (
          <Stack>
            <Feed feed={value.feed} reload={links.reload} />
            {value.import ? (
              <Imported from={value.import} reload={links.reload} />
            ) : (
              <ImportForm onSaved={links.replace} />
            )}
          </Stack>
        )}
      </Load>
    </Card>
  );
}

function Feed(props: { feed: Links["feed"]; reload: () => void }): JSX.Element {
  const { feed } = props;
  const [url, setUrl] = useState<string>();
  const make = useAct(
    () => ok(api.POST("/calendar/feed")),
    (made) => {
      setUrl(made.url);
      props.reload();
    },
  );
  const end = useAct(
    () => ok(api.DELETE("/calendar/feed")),
    () => {
      setUrl(undefined);
      toast(t("ended"));
      props.reload();
    },
  );
  const problem = make.problem ?? end.problem;
  return (
    <Stack gap="small">
      <p>{t("feedLead")}</p>
      {url && <FeedLink url={url} />}
      {feed.active && !url && feed.madeAt && (
        <p class="muted small">
          {t("active")} <When at={feed.madeAt} />.{" "}
          {feed.readAt ? (
            <>
              {t("read")} <When at={feed.readAt} />.
            </>
          ) : (
            t("unread")
          )}
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <Actions>
        {feed.active && (
          <Button small busy={end.busy} onPress={() => end.run()}>
            {t("end")}
          </Button>
        )}
        <Button small busy={make.busy} onPress={() => make.run()}>
          {feed.active ? t("again") : t("make")}
        </Button>
      </Actions>
      {feed.active && <p class="muted small">{t("againLead")}</p>}
    </Stack>
  );
}

function FeedLink({ url }: { url: string }): JSX.Element {
  return (
    <Stack gap="small">
      <LinkToCopy label={t("linkIs")} hint={t("linkLead")} url={url} />
      <Actions>
        <CopyButton small url={url} />
      </Actions>
    </Stack>
  );
}

function Imported(props: { from: NonNullable<Links["import"]>; reload: () => void }): JSX.Element {
  const { host, fetchedAt, busyCount, problem } = props.from;
  const forget = useAct(
    () => ok(api.DELETE("/calendar/import")),
    () => {
      toast(t("forgotten"));
      props.reload();
    },
  );
  return (
    <Stack gap="small">
      <strong>{t("from", { host })}</strong>
      {problem && (
        <Notice tone="warning" title={t("problem")}>
          {problem}
        </Notice>
      )}
      {fetchedAt ? (
        <p class="muted small">
          {t("fetched")} <When at={fetchedAt} />. {t("busy", { count: busyCount ?? 0 })}.
        </p>
      ) : (
        !problem && <p class="muted small">{t("waiting")}</p>
      )}
      {forget.problem && <ProblemNotice problem={forget.problem} />}
      <Actions>
        <Button small busy={forget.busy} onPress={() => forget.run()}>
          {t("forget")}
        </Button>
      </Actions>
    </Stack>
  );
}

function ImportForm(props: { onSaved: (links: Links) => void }): JSX.Element {
  const form = useForm({
    initial: { url: "" },
    validate: ({ url }) => (url.trim() ? [] : [{ pointer: "/url", detail: t("urlMissing") }]),
    send: (values) => ok(api.PUT("/calendar/import", { body: { url: values.url.trim() } })),
    onSent: (links) => {
      toast(t("saved"));
      props.onSaved(links);
    },
  });
  return (
    <FormFrame form={form} submit={t("save")}>
      <p>{t("importLead")}</p>
      <TextInput label={t("url")} hint={t("urlHint")} maxLength={2000} {...form.field("/url")} />
    </FormFrame>
  );
}
