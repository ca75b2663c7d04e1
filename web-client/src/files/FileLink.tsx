import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, type Schema } from "../api/client";
import { clockTime } from "../time";
import { Button, CopyButton, Dialog, LinkToCopy, ProblemNotice, Stack } from "../ui";
import { t } from "./words";

/** Gives a program without a session, such as a DICOM viewer, the original for some minutes. */
export function FileLink(props: { consultId: string; file: Schema<"Attachment"> }): JSX.Element {
  const { consultId, file } = props;
  const [link, setLink] = useState<Schema<"FileLink">>();
  const make = useAct(
    () =>
      ok(
        api.POST("/consults/{consultId}/attachments/{attachmentId}/links", {
          params: { path: { consultId, attachmentId: file.id } },
          body: { part: "original" },
        }),
      ),
    setLink,
  );
  return (
    <>
      <Button small kind="quiet" icon="copy" busy={make.busy} onPress={() => make.run()}>
        {t("link")}
      </Button>
      {make.problem && <ProblemNotice problem={make.problem} />}
      {link && (
        <Dialog
          title={t("linkTo", { title: file.details.title })}
          onClose={() => setLink(undefined)}
          actions={<CopyButton url={location.origin + link.path} />}
        >
          <Stack>
            <LinkToCopy
              label={t("link")}
              hint={t("linkHint", { time: clockTime(link.expiresAt) })}
              url={location.origin + link.path}
            />
          </Stack>
        </Dialog>
      )}
    </>
  );
}
