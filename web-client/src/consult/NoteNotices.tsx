import type { JSX } from "preact";
import { api, newKey, ok, once, type Schema } from "../api/client";
import { asProblem } from "../api/problem";
import { comma } from "../i18n/comma";
import { useResource } from "../resource";
import { Button, LinkButton, Notice, Stack, toast, When } from "../ui";
import { valueOf } from "./reference";
import { t } from "./words";

type NoteNotice = Schema<"NoteNotice">;

/** What became of notes that this person has read, until they say that they know. */
export function NoteNotices(props: { hrefOf: (consultId: string) => string }): JSX.Element | null {
  const notices = useResource(() => ok(api.GET("/note-notices")), [], { live: "consult" });
  const items = valueOf(notices)?.items ?? [];
  if (items.length === 0) return null;
  const known = (notice: NoteNotice) =>
    ok(
      api.POST("/note-notices/{noticeId}/acknowledgement", {
        params: { path: { noticeId: notice.id } },
        headers: once(newKey()),
      }),
    ).then(notices.reload, (error: unknown) => toast(asProblem(error).sentence));
  return (
    <Stack>
      {items.map((notice) => (
        <Notice
          key={notice.id}
          tone={notice.kind === "retraction" ? "error" : "warning"}
          title={titleOf(notice)}
        >
          <p class="note-told">
            <bdi>{notice.author}</bdi>
            {comma()}
            <When at={notice.at} />
          </p>
          <div class="row">
            <LinkButton small href={props.hrefOf(notice.consultId)}>
              {t("openConsult")}
            </LinkButton>
            <Button small onPress={() => void known(notice)}>
              {t("iKnow")}
            </Button>
          </div>
        </Notice>
      ))}
    </Stack>
  );
}

function titleOf({ kind, reason }: NoteNotice): string {
  switch (kind) {
    case "retraction":
      return reason === "wrong-patient" ? t("noticeWrongPatient") : t("noticeInError");
    case "correction":
      return t("noticeCorrected");
    case "addendum":
      return t("noticeAdded");
  }
}
