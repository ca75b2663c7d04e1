import type { AccountOnDevice } from "./vault";

/** The one IndexedDB database of this program. What lies in it is sealed: see `vault.ts`. */

const DATABASE = "consilium-sealed";

/** `things` by account, kind and id; `accounts` by account. */
export type Table = "accounts" | "things";

let database: Promise<IDBDatabase> | undefined;

/**
 * Does something in one transaction and answers its result once the storage has really taken it,
 * which a full device may refuse at the very end. Throws where the browser refuses storage.
 */
export async function inStorage<R>(
  table: Table,
  mode: IDBTransactionMode,
  act: (table: IDBObjectStore) => IDBRequest,
): Promise<R> {
  const opened = await (database ??= open());
  return new Promise((resolve, reject) => {
    const transaction = begin(opened, table, mode);
    const asked = act(transaction.objectStore(table));
    transaction.oncomplete = () => resolve(asked.result as R);
    transaction.onabort = () => reject(transaction.error ?? new Error("storage"));
  });
}

/**
 * Changes what is known of an account in one transaction, whatever another page makes of it
 * meanwhile; nothing is changed where `change` answers nothing.
 */
export async function changeAccount(
  account: string,
  change: (known: AccountOnDevice | undefined) => AccountOnDevice | undefined,
): Promise<AccountOnDevice | undefined> {
  let after: AccountOnDevice | undefined;
  await inStorage("accounts", "readwrite", (table) => {
    const asked: IDBRequest<AccountOnDevice | undefined> = table.get(account);
    asked.onsuccess = () => {
      after = change(asked.result);
      if (after) table.put(after, account);
    };
    return asked;
  });
  return after;
}

/** A connection that the browser has closed is opened anew by the next who asks. */
function begin(opened: IDBDatabase, table: Table, mode: IDBTransactionMode): IDBTransaction {
  try {
    return opened.transaction(table, mode);
  } catch (error) {
    database = undefined;
    throw error;
  }
}

function open(): Promise<IDBDatabase> {
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("accounts");
      asked.result.createObjectStore("things");
    };
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
