import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { currentAddress, navigate } from "../router";
import { Loading, Page } from "../ui";
import { beginConsult } from "./request/store";
import { t } from "./words";

/** Begins a consult. */
export function NewRequestPage(): JSX.Element {
  useEffect(() => {
    const { query } = currentAddress();
    const kept = new URLSearchParams();
    for (const name of ["patient", "specialty"]) {
      const value = query.get(name);
      if (value) kept.set(name, value);
    }
    navigate(`/clinic/drafts/${beginConsult()}?${kept.toString()}`, { replace: true });
  }, []);
  return (
    <Page title={t("newConsult")} width="narrow">
      <Loading />
    </Page>
  );
}
