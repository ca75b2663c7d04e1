import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useNow } from "../time";
import { t } from "./linkWords";
import type { Still } from "./stills";

/** The newest picture of somebody whose video is not sent, and how old it is. */
export function StillPicture(props: { still: Still; name: string }): JSX.Element | null {
  const { still, name } = props;
  const [address, setAddress] = useState<string>();
  const now = useNow(1_000);
  useEffect(() => {
    const made = URL.createObjectURL(still.picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [still.picture]);
  if (address === undefined) return null;
  const seconds = Math.max(0, Math.round((now - still.at) / 1000));
  return (
    <>
      <img class="tile-picture" data-still src={address} alt={t("stillOf", { name })} />
      <p class="tile-age">{t("stillAge", { count: seconds })}</p>
    </>
  );
}
