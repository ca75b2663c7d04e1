import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { forgetHere, rememberHere } from "./accounts";
import { changeAccount } from "./database";
import { accountOnDevice, NOBODY, openVault } from "./vault";

const organisation = { id: "o", name: "Mara" };
const membership = { id: "m", role: "clinician" as const, organisation };
const account = { id: "ada", name: "Ada", email: "a@b", zone: "UTC", language: "en" };
const ada = { account, membership, memberships: [membership] };

it("knows who is here before their key has come", async () => {
  openVault("ada", Promise.resolve(undefined));
  await rememberHere(ada);
  const record = await accountOnDevice("ada");
  expect(record?.name).toBe("Ada");
  expect(record?.heardAt).toBeGreaterThan(0);
});

it("leaves no key of who has left, heard of or not", async () => {
  const how = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.generateKey(how, false, ["encrypt", "decrypt"]);
  await changeAccount("ben", () => ({ account: "ben", name: "", heardAt: 0, key }));
  openVault(NOBODY);
  await forgetHere();
  expect(await accountOnDevice("ben")).toBeUndefined();
});
