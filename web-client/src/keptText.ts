import { useEffect, useRef, useState } from "preact/hooks";
import { newKey } from "./api/client";
import { readDraft, removeDraft, saveOnLeaving, writeDraft } from "./drafts";
import { vaultNow } from "./offline/vault";

/** One line that outlives a reload and a lock, as a draft; emptied, it is forgotten. */
export function useKeptText(name: string): [text: string, change: (text: string) => void] {
  const [text, setText] = useState("");
  const typed = useRef<string | undefined>(undefined);
  const vault = useRef(vaultNow()).current;

  useEffect(() => {
    let gone = false;
    void readDraft(name, vault).then((found) => {
      if (found && !gone && typed.current === undefined) setText(String(found.values));
    });
    const save = () => {
      const values = typed.current;
      return values
        ? writeDraft(name, { values, key: newKey(), savedAt: Date.now() }, vault)
        : undefined;
    };
    const stop = saveOnLeaving(save);
    return () => {
      gone = true;
      void save();
      stop();
    };
  }, [name]);

  const change = (next: string): void => {
    typed.current = next;
    setText(next);
    if (next === "") void removeDraft(name, vault);
  };
  return [text, change];
}
