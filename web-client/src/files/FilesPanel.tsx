import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { useMe } from "../consult/resources";
import { vaultNow } from "../offline/vault";
import { useResource } from "../resource";
import { useStore } from "../store";
import {
  Actions,
  Badge,
  Button,
  Card,
  Choice,
  Disclosure,
  lazy,
  Load,
  Notice,
  ProblemNotice,
  Select,
  Stack,
  TextInput,
} from "../ui";
import { FileLink } from "./FileLink";
import { fileAddress, hasPart, isPicture, kindName, sideName } from "./names";
import { bytesOf, type Outgoing, type Part, progress } from "./outgoing";
import { add, drop, outgoing, sendOriginal } from "./sender";
import { t } from "./words";
import "./files.css";
import { Sentence } from "../said/Sentence";

type Attachment = Schema<"Attachment">;
type Kind = Schema<"AttachmentKind">;
type Side = Schema<"Laterality">;

const Viewer = lazy(() => import("./Viewer"));

/** The files of a consult: those on the server, those on their way from here, and a way to add. */
export default function FilesPanel(props: {
  consultId: string;
  mayAdd?: boolean;
  mayAsk?: boolean;
  /** Told of the id of each file that is added here. */
  onAdded?: (attachmentId: string) => void;
  /** Nothing is shown while there is nothing. */
  quiet?: boolean;
}): JSX.Element | null {
  const { consultId } = props;
  const all = useStore(outgoing);
  const mine = all.filter((file) => file.consultId === consultId);
  const listed = useResource(
    () => ok(api.GET("/consults/{consultId}/attachments", { params: { path: { consultId } } })),
    [consultId, mine.map(({ attachmentId, announced }) => `${attachmentId}${announced}`).join()],
    { live: consultId },
  );
  const [viewed, setViewed] = useState<string>();
  const items = listed.state.kind === "ready" ? listed.state.value.items : [];
  // A draft that was never saved is not known to the server yet.
  const unknown = listed.state.kind === "failed" && listed.state.problem.status === 404;
  const here = new Set(items.map(({ id }) => id));
  const local = mine.filter(({ attachmentId }) => !here.has(attachmentId));
  if (props.quiet && items.length === 0 && local.length === 0) return null;
  const list = (value: Schema<"Attachments">) => (
    <Stack>
      {value.withheld === "not-agreed" && <Notice>{t("notAgreed")}</Notice>}
      {value.withheld === "taken-back" && <Notice tone="warning">{t("takenBack")}</Notice>}
      {value.items.length === 0 && local.length === 0 && <p class="muted">{t("none")}</p>}
      <ul class="files">
        {value.items.map((file) => (
          <Row
            key={file.id}
            file={file}
            consultId={consultId}
            sending={mine.find(({ attachmentId }) => attachmentId === file.id)}
            withheld={value.withheld !== "none"}
            mayAsk={props.mayAsk ?? false}
            mayRemove={props.mayAdd ?? false}
            onView={() => setViewed(file.id)}
            onChanged={listed.reload}
          />
        ))}
        {local.map((file) => (
          <LocalRow key={file.attachmentId} file={file} />
        ))}
      </ul>
    </Stack>
  );
  return (
    <Card title={t("title")}>
      {unknown ? (
        list({ items: [], withheld: "none" })
      ) : (
        <Load from={listed} rows={2}>
          {list}
        </Load>
      )}
      {props.mayAdd && <AddFile consultId={consultId} onAdded={(id) => props.onAdded?.(id)} />}
      {viewed && (
        <Viewer
          consultId={consultId}
          files={items.filter(isPicture)}
          chosen={viewed}
          onClose={() => setViewed(undefined)}
        />
      )}
    </Card>
  );
}

function Row(props: {
  file: Attachment;
  consultId: string;
  sending: Outgoing | undefined;
  withheld: boolean;
  mayAsk: boolean;
  mayRemove: boolean;
  onView: () => void;
  onChanged: () => void;
}): JSX.Element {
  const { file, consultId, sending } = props;
  const { details } = file;
  const params = { path: { consultId, attachmentId: file.id } };
  const ask = useAct(
    (key: string) =>
      ok(
        api.POST("/consults/{consultId}/attachments/{attachmentId}/original-request", {
          params,
          headers: once(key),
        }),
      ),
    props.onChanged,
  );
  const remove = useAct(
    () => ok(api.DELETE("/consults/{consultId}/attachments/{attachmentId}", { params })),
    () => {
      void drop(file.id);
      props.onChanged();
    },
  );
  const original = hasPart(file, "original");
  const shown = isPicture(file) && !props.withheld;
  return (
    <li class="file">
      {shown ? (
        <button
          type="button"
          class="file-picture"
          aria-label={t("view", { title: details.title })}
          onClick={props.onView}
        >
          <img
            src={fileAddress(
              consultId,
              file.id,
              hasPart(file, "thumbnail") ? "thumbnail" : "preview",
            )}
            alt=""
            loading="lazy"
          />
        </button>
      ) : (
        <span class="file-picture file-blank" aria-hidden="true">
          {kindName(details.kind)}
        </span>
      )}
      <div class="file-text">
        <p>
          <strong dir="auto">{details.title}</strong>
        </p>
        <p class="muted small">
          {kindName(details.kind)}
          {details.laterality && ` · ${sideName(details.laterality)}`}
          {file.dicom?.modality && ` · ${file.dicom.modality}`}
          {file.dicom?.bodyPart && ` · ${file.dicom.bodyPart}`}
        </p>
        {file.dicom?.burnedIn && <p class="small">{t("burnedIn")}</p>}
        {file.dicomIdentity?.name && (
          <p class="small">{t("identity", { who: file.dicomIdentity.name })}</p>
        )}
        <State file={file} />
        {sending && <Sending file={sending} />}
        {file.originalAskedAt && !original && !sending && props.mayRemove && (
          <p class="small">{t("originalAskedElsewhere")}</p>
        )}
        <Actions>
          {props.mayAsk && !original && file.state === "receiving" && !file.originalAskedAt && (
            <Button small busy={ask.busy} onPress={() => ask.run()}>
              {t("askOriginal")}
            </Button>
          )}
          {props.mayAsk && !original && file.originalAskedAt && (
            <Badge tone="blue">{t("asked")}</Badge>
          )}
          {original && !shown && !props.withheld && (
            <a class="small" href={fileAddress(consultId, file.id, "original")} download>
              {t("download", { title: details.title })}
            </a>
          )}
          {original && !props.withheld && <FileLink consultId={consultId} file={file} />}
          {props.mayRemove && (
            <Button small kind="quiet" busy={remove.busy} onPress={() => remove.run()}>
              {t("remove")}
            </Button>
          )}
        </Actions>
        {ask.problem && <ProblemNotice problem={ask.problem} />}
        {remove.problem && <ProblemNotice problem={remove.problem} />}
      </div>
    </li>
  );
}

/** What the server thinks of the original, when that is not simply "ready". */
function State({ file }: { file: Attachment }): JSX.Element | null {
  const checking = file.uploads.some(
    ({ part, state }) => part === "original" && state === "received",
  );
  if (checking) return <Badge tone="blue">{t("checking")}</Badge>;
  switch (file.state) {
    case "ready":
      return null;
    case "receiving":
      return <Badge>{t("onlySmall")}</Badge>;
    case "damaged":
    case "quarantined":
    case "refused":
      return (
        <>
          <Badge tone="orange">{t(file.state)}</Badge>
          <p class="small">
            <Sentence text={file.sentence ?? ""} />
          </p>
        </>
      );
  }
}

/** How far a file is from here to the server. */
function Sending({ file }: { file: Outgoing }): JSX.Element {
  if (file.refused !== undefined) return <Notice tone="warning">{file.refused}</Notice>;
  const going = (["thumbnail", "preview", "original"] as const).find(
    (part) => file.parts[part] && (part !== "original" || file.withOriginal),
  );
  if (!going) {
    return (
      <>
        <p class="small">{t("originalWaits")}</p>
        <Button small onPress={() => void sendOriginal(file.attachmentId)}>
          {t("sendOriginal")}
        </Button>
      </>
    );
  }
  const part = file.parts[going];
  const percent = part ? Math.floor((part.sent / part.size) * 100) : 100;
  return (
    <div class="file-sending">
      <progress value={progress(file)} max={1} aria-label={partName(going)} />
      <p class="small muted">
        {percent === 0 ? t("waiting") : t("sendingPart", { part: partName(going), percent })}
      </p>
    </div>
  );
}

function partName(part: Part): string {
  const names: Record<Part, string> = {
    thumbnail: t("partThumbnail"),
    preview: t("partPreview"),
    original: t("partOriginal"),
  };
  return names[part];
}

/** A file that the server has not heard of. */
function LocalRow({ file }: { file: Outgoing }): JSX.Element {
  const { thumbnail } = file.parts;
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!thumbnail) return undefined;
    let made: string | undefined;
    let gone = false;
    void bytesOf(thumbnail).then((bytes) => {
      if (!bytes || gone) return;
      made = URL.createObjectURL(bytes);
      setAddress(made);
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [thumbnail?.id]);
  return (
    <li class="file">
      <span class="file-picture file-blank">
        {address ? <img src={address} alt="" /> : kindName(file.details.kind)}
      </span>
      <div class="file-text">
        <p>
          <strong dir="auto">{file.details.title}</strong>
        </p>
        <Sending file={file} />
        <Actions>
          <Button small kind="quiet" onPress={() => void drop(file.attachmentId)}>
            {t("remove")}
          </Button>
        </Actions>
      </div>
    </li>
  );
}

const KINDS: readonly Kind[] = [
  "photo",
  "x-ray",
  "ecg",
  "ultrasound",
  "scan",
  "document",
  "sound",
  "video",
  "other",
];
const SIDES: readonly Side[] = ["left", "right", "both", "midline"];
const TYPES = "image/*,application/pdf,application/dicom,.dcm,audio/*,video/mp4";

/** The camera first: most files are pictures taken now. */
function AddFile(props: { consultId: string; onAdded: (id: string) => void }): JSX.Element {
  const account = useMe().account.id;
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<Kind>("photo");
  const [side, setSide] = useState<Side | "">("");
  const [busy, setBusy] = useState(false);
  const camera = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const take = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    input.value = "";
    setBusy(true);
    const vault = vaultNow();
    try {
      for (const file of chosen) {
        const details = {
          kind,
          title: title.trim() || kindName(kind),
          ...(side && { laterality: side }),
          takenAt: new Date(Math.min(file.lastModified, Date.now())).toISOString(),
        };
        const id = await add(account, props.consultId, file, details, vault);
        props.onAdded(id);
      }
      setTitle("");
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack>
      <Actions>
        <Button icon="camera" busy={busy} onPress={() => camera.current?.click()}>
          {t("takePicture")}
        </Button>
        <Button icon="paperclip" onPress={() => files.current?.click()}>
          {t("chooseFile")}
        </Button>
      </Actions>
      <p class="muted small">{t("lead")}</p>
      <TextInput
        label={t("what")}
        hint={t("whatHint")}
        optional
        maxLength={120}
        value={title}
        onChange={setTitle}
      />
      <Disclosure summary={t("moreAboutIt")}>
        <Stack>
          <Select
            label={t("kind")}
            options={KINDS.map((value) => ({ value, label: kindName(value) }))}
            value={kind}
            onChange={(to) => setKind(to as Kind)}
          />
          <Choice
            label={t("side")}
            optional
            options={SIDES.map((value) => ({ value, label: sideName(value) }))}
            value={side as Side}
            onChange={(to) => setSide(to)}
          />
        </Stack>
      </Disclosure>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("takePicture")}
        onChange={(event) => void take(event.currentTarget)}
      />
      <input
        ref={files}
        type="file"
        accept={TYPES}
        multiple
        hidden
        aria-label={t("chooseFile")}
        onChange={(event) => void take(event.currentTarget)}
      />
    </Stack>
  );
}
