import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useMe } from "../consult/resources";
import { vaultNow } from "../offline/vault";
import { Button, toast } from "../ui";
import { t } from "./words";
import { add } from "./sender";

/** The camera in one press: what it shows can be seen, and taken out again, among the files. */
export default function TakePicture({ consultId }: { consultId: string }): JSX.Element {
  const account = useMe().account.id;
  const camera = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (input: HTMLInputElement) => {
    const taken = [...(input.files ?? [])];
    input.value = "";
    if (taken.length === 0) return;
    setBusy(true);
    const vault = vaultNow();
    try {
      for (const file of taken) {
        const details = {
          kind: "photo" as const,
          title: t("photo"),
          takenAt: new Date(Math.min(file.lastModified, Date.now())).toISOString(),
        };
        await add(account, consultId, file, details, vault);
      }
      toast(t("pictureKept"));
    } catch {
      toast(t("pictureLost"), "error");
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon="camera" busy={busy} onPress={() => camera.current?.click()}>
        {t("camera")}
      </Button>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("takePicture")}
        onChange={(event) => void take(event.currentTarget)}
      />
    </>
  );
}
