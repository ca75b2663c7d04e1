import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { newKey } from "../api/client";
import { currentAddress, navigate } from "../router";
import { Loading, Page } from "../ui";
import { t } from "./words";

/** Begins a consult: its id is made here, so that sending it twice makes one. */
export function NewRequestPage(): JSX.Element {
  useEffect(() => {
    const { query } = currentAddress();
    const kept = new URLSearchParams();
    for (const name of ["patient", "specialty"]) {
      const value = query.get(name);
      if (value) kept.set(name, value);
    }
    navigate(`/clinic/drafts/${newKey()}?${kept.toString()}`, { replace: true });
  }, []);
  return (
    <Page title={t("newConsult")} width="narrow">
      <Loading />
    </Page>
  );
}
