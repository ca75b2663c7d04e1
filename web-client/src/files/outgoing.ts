import type { Schema } from "../api/client";

export type Part = "thumbnail" | "preview" | "original";
export type Details = Schema<"AttachmentDetails">;

/** One part of a file on its way. */
export interface OutgoingPart {
  /** The upload's id, made once. */
  readonly id: string;
  readonly bytes: Blob;
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
    all += one.bytes.size;
  }
  return all === 0 ? 1 : sent / all;
}

/** Whether the link is one on which large files should wait until they are asked for. */
export function isThin(connection: { effectiveType?: string; saveData?: boolean } | undefined) {
  return connection?.saveData === true || (connection?.effectiveType ?? "").endsWith("2g");
}

const DATABASE = "consilium-files";
const TABLE = "outgoing";
let database: Promise<IDBDatabase> | undefined;
/** Used where the browser refuses storage: a file then lives as long as the page. */
const memory = new Map<string, Outgoing>();

export async function allOutgoing(owner: string): Promise<Outgoing[]> {
  const stored = await run<Outgoing[]>("readonly", (table) => table.getAll()).catch(() => []);
  const elsewhere = stored.filter(({ attachmentId }) => !memory.has(attachmentId));
  return [...elsewhere, ...memory.values()].filter((file) => file.owner === owner);
}

/**
 * Whether a file is still to be sent; another page of this device may have sent or dropped it. A
 * storage that cannot be asked has not said so.
 */
export async function isKept(attachmentId: string): Promise<boolean> {
  if (memory.has(attachmentId)) return true;
  return run<number>("readonly", (table) => table.count(attachmentId)).then(
    (stored) => stored > 0,
    () => true,
  );
}

export async function keepOutgoing(file: Outgoing): Promise<void> {
  try {
    await run("readwrite", (table) => table.put(file, file.attachmentId));
    memory.delete(file.attachmentId);
  } catch {
    memory.set(file.attachmentId, file);
  }
}

/**
 * Changes a file as it is kept now, whatever another page has made of it since `known` was read.
 * Answers what is kept then: nothing when it was gone already or `change` lets it go.
 */
export async function changeOutgoing(
  known: Outgoing,
  change: (file: Outgoing) => Outgoing | undefined,
): Promise<Outgoing | undefined> {
  const id = known.attachmentId;
  const inMemory = memory.get(id);
  let after: Outgoing | undefined;
  try {
    if (inMemory) throw new Error("kept by this page only");
    await run("readwrite", (table) => {
      const asked: IDBRequest<Outgoing | undefined> = table.get(id);
      asked.onsuccess = () => {
        after = asked.result && change(asked.result);
        if (after) table.put(after, id);
        else table.delete(id);
      };
      return asked;
    });
    return after;
  } catch {
    after = change(inMemory ?? known);
    if (after) memory.set(id, after);
    else await forgetOutgoing(id);
    return after;
  }
}

export async function forgetOutgoing(attachmentId: string): Promise<void> {
  memory.delete(attachmentId);
  await run("readwrite", (table) => table.delete(attachmentId)).catch(() => undefined);
}

/** Answers when the storage has really taken it, which a full device may refuse at the very end. */
async function run<R>(
  mode: IDBTransactionMode,
  act: (table: IDBObjectStore) => IDBRequest,
): Promise<R> {
  const opened = await (database ??= open());
  return new Promise((resolve, reject) => {
    const transaction = begin(opened, mode);
    const asked = act(transaction.objectStore(TABLE));
    transaction.oncomplete = () => resolve(asked.result as R);
    transaction.onabort = () => reject(transaction.error ?? new Error("storage"));
  });
}

/** A connection that the browser has closed is opened anew by the next who asks. */
function begin(opened: IDBDatabase, mode: IDBTransactionMode): IDBTransaction {
  try {
    return opened.transaction(TABLE, mode);
  } catch (error) {
    database = undefined;
    throw error;
  }
}

function open(): Promise<IDBDatabase> {
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE);
    asked.onsuccess = () => {
      asked.result.onclose = () => {
        database = undefined;
      };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error ?? new Error("storage"));
  });
  return opening.catch((error: unknown) => {
    database = undefined;
    throw error;
  });
}
