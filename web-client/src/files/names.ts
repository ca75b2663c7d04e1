import type { Schema } from "../api/client";
import { t } from "./words";

type Attachment = Schema<"Attachment">;

export function kindName(kind: Schema<"AttachmentKind">): string {
  const names: Record<Schema<"AttachmentKind">, string> = {
    photo: t("photo"),
    ecg: t("ecg"),
    "x-ray": t("xRay"),
    ultrasound: t("ultrasound"),
    scan: t("scan"),
    document: t("document"),
    sound: t("sound"),
    video: t("video"),
    other: t("other"),
  };
  return names[kind];
}

export function sideName(side: Schema<"Laterality">): string {
  const names: Record<Schema<"Laterality">, string> = {
    left: t("left"),
    right: t("right"),
    both: t("both"),
    midline: t("midline"),
  };
  return names[side];
}

/** Where a part of a file is fetched; the server looks each time whether one may. */
export function fileAddress(
  consultId: string,
  attachmentId: string,
  part: "thumbnail" | "preview" | "original",
): string {
  return `/api/v1/consults/${consultId}/attachments/${attachmentId}/files/${part}`;
}

export function hasPart(file: Attachment, part: "thumbnail" | "preview" | "original"): boolean {
  return file.files.some((one) => one.part === part);
}

/** A picture that can be looked at here. */
export function isPicture(file: Attachment): boolean {
  return hasPart(file, "preview") || hasPart(file, "thumbnail");
}

/** Bytes as people say them. */
export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
