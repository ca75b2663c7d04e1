import type { Schema } from "../api/client";
import { changeSealed } from "../offline/changing";
import {
  isSealed,
  readBytes,
  readSealed,
  removeSealed,
  sealedIds,
  type Vault,
  vaultNow,
  writeBytes,
  writeSealed,
} from "../offline/vault";

export type Part = "thumbnail" | "preview" | "original";
export type Details = Schema<"AttachmentDetails">;

/** One part of a file on its way; {@link bytesOf} has its bytes. */
export interface OutgoingPart {
  /** The upload's id, made once. */
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
  readonly sha256: string | undefined;
  readonly sent: number;
}

/** A file chosen on this device and not wholly sent: kept until it is, also over reloads. */
export interface Outgoing {
  readonly attachmentId: string;
  readonly consultId: string;
  readonly owner: string;
  readonly details: Details;
  readonly addedAt: number;
  /** Whether the server knows of the file. */
  readonly announced: boolean;
  /** What is still to be sent. */
  readonly parts: Partial<Record<Part, OutgoingPart>>;
  /** Whether the original goes too, or waits until somebody asks for it. */
  readonly withOriginal: boolean;
  /** Why the server will never take it. */
  readonly refused?: string;
}

const ORDER: readonly Part[] = ["thumbnail", "preview", "original"];

/**
 * What goes next: all thumbnails, then all previews, then the originals that are wanted, each in the
 * order of adding. A case can be sent when its thumbnails are through.
 */
export function next(files: readonly Outgoing[]): { file: Outgoing; part: Part } | undefined {
  const waiting = files
    .filter(({ refused }) => refused === undefined)
    .sort((a, b) => a.addedAt - b.addedAt);
  for (const part of ORDER) {
    const file = waiting.find(
      ({ parts, withOriginal }) => parts[part] && (part !== "original" || withOriginal),
    );
    if (file) return { file, part };
  }
  return undefined;
}

/** How much of what will be sent is through, from 0 to 1. */
export function progress(file: Outgoing): number {
  let sent = 0;
  let all = 0;
  for (const part of ORDER) {
    const one = file.parts[part];
    if (!one || (part === "original" && !file.withOriginal)) continue;
    sent += one.sent;
    all += one.size;
  }
  return all === 0 ? 1 : sent / all;
}

/** Whether the link is one on which large files should wait until they are asked for. */
export function isThin(connection: { effectiveType?: string; saveData?: boolean } | undefined) {
  return connection?.saveData === true || (connection?.effectiveType ?? "").endsWith("2g");
}

/** The account's files, sealed on this device; without storage they live as long as the page. */
export async function allOutgoing(owner: string): Promise<Outgoing[]> {
  const found = await Promise.all(
    (await sealedIds("file")).map((id) => readSealed<Outgoing>("file", id)),
  );
  return found.filter((file): file is Outgoing => file?.owner === owner);
}

/**
 * Whether a file is still to be sent; another page of this device may have sent or dropped it. A
 * storage that cannot be asked has not said so.
 */
export function isKept(attachmentId: string): Promise<boolean> {
  return isSealed("file", attachmentId);
}

export function keepOutgoing(file: Outgoing, vault = vaultNow()): Promise<void> {
  return writeSealed("file", file.attachmentId, file, vault);
}

/** Bytes that storage refused: they live as long as the page. */
const memory = new Map<string, Blob>();

/** Takes the bytes of a part, which then never change. */
export async function keepBytes(
  id: string,
  bytes: Blob,
  sha256: string | undefined,
  vault = vaultNow(),
): Promise<OutgoingPart> {
  if (!(await writeBytes("bytes", id, await bytes.arrayBuffer(), vault))) memory.set(id, bytes);
  return { id, size: bytes.size, type: bytes.type, sha256, sent: 0 };
}

/** The bytes of a part; nothing when the device has lost them. */
export async function bytesOf(part: OutgoingPart): Promise<Blob | undefined> {
  const inMemory = memory.get(part.id);
  if (inMemory) return inMemory;
  const bytes = await readBytes("bytes", part.id);
  return bytes && new Blob([bytes], { type: part.type });
}

/**
 * Changes a file as it is kept now, whatever another page has made of it since `known` was read.
 * Answers what is kept then: nothing when it was gone already or `change` lets it go. While
 * somebody else is at the screen it stays as it is: the server is asked again what it has.
 */
export async function changeOutgoing(
  known: Outgoing,
  change: (file: Outgoing) => Outgoing | undefined,
): Promise<Outgoing | undefined> {
  const vault = vaultNow();
  if (vault.account !== known.owner) return known;
  const after = await changeSealed<Outgoing>("file", known.attachmentId, change, vault);
  const left = new Set(partsOf(after).map(({ id }) => id));
  for (const { id } of partsOf(known)) if (!left.has(id)) await forgetBytes(id, vault);
  return after;
}

export async function forgetOutgoing(attachmentId: string): Promise<void> {
  const vault = vaultNow();
  const file = await readSealed<Outgoing>("file", attachmentId, vault);
  await removeSealed("file", attachmentId, vault);
  for (const { id } of partsOf(file)) await forgetBytes(id, vault);
}

async function forgetBytes(id: string, vault: Vault): Promise<void> {
  memory.delete(id);
  await removeSealed("bytes", id, vault);
}

function partsOf(file: Outgoing | undefined): OutgoingPart[] {
  return Object.values(file?.parts ?? {});
}
