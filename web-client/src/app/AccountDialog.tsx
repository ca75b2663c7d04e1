import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asProblem } from "../api/problem";
import { draftNames, removeAllDrafts } from "../drafts";
import { navigate } from "../router";
import { rings } from "../presence/rings";
import { chooseOwnLanguage, type Me, signOut, switchMembership } from "../session";
import { useStore } from "../store";
import { clockTime, useNow, zoneLabel } from "../time";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { lazy } from "../ui/load";
import { Facts } from "../ui/parts";
import { toast } from "../ui/toast";
import { roleName } from "./names";
import { LanguageChoice } from "./LanguageChoice";
import { t } from "./words";
import { homeOf } from "./workspace";

const MissedRings = lazy(() => import("../presence/MissedRings"));
const MailAddress = lazy(() => import("./MailAddress"));
const PinSettings = lazy(() => import("../turns/PinSettings"), ["turns"]);
const PhoneNumber = lazy(() => import("./PhoneNumber"));

/** What can be changed about who is signed in. */
export default function AccountDialog({
  me,
  onClose,
}: {
  me: Me;
  onClose: () => void;
}): JSX.Element {
  const now = useNow();
  const { missed } = useStore(rings);
  const [busy, setBusy] = useState<string>();
  const [drafts, setDrafts] = useState(0);
  const site = me.membership.site;

  async function act(what: string, doIt: () => Promise<void>): Promise<void> {
    setBusy(what);
    try {
      await doIt();
    } catch (error) {
      toast(asProblem(error).sentence, "error");
    } finally {
      setBusy(undefined);
    }
  }

  const leave = () =>
    act("out", async () => {
      const unsent = (await draftNames()).length;
      if (unsent > 0 && drafts === 0) setDrafts(unsent);
      else await signOut();
    });

  if (drafts > 0) {
    return (
      <Dialog
        title={t("signOutTitle")}
        onClose={onClose}
        actions={
          <>
            <Button onPress={onClose}>{t("cancel")}</Button>
            <Button
              kind="danger"
              busy={busy === "delete"}
              onPress={() => void act("delete", () => removeAllDrafts().then(signOut))}
            >
              {t("signOutDelete")}
            </Button>
            <Button kind="primary" busy={busy === "out"} onPress={() => void leave()}>
              {t("signOutKeep")}
            </Button>
          </>
        }
      >
        <p>{t("draftsKept", { count: drafts })}</p>
        <p class="muted">{t("draftsShared")}</p>
      </Dialog>
    );
  }

  return (
    <Dialog title={me.account.name} onClose={onClose}>
      <p class="muted account-mail">{me.account.email}</p>
      {missed > 0 && <MissedRings role={me.membership.role} onLeave={onClose} />}
      <Facts
        facts={[
          {
            label: t("yourTime"),
            value: `${clockTime(now)} ${zoneLabel(me.account.zone, now)}`,
          },
          ...(site && site.zone !== me.account.zone
            ? [
                {
                  label: t("siteTime", { site: site.name }),
                  value: `${clockTime(now, site.zone)} ${zoneLabel(site.zone, now)}`,
                },
              ]
            : []),
        ]}
      />
      <LanguageChoice choose={chooseOwnLanguage} />
      <MailAddress />
      <PhoneNumber />
      {me.membership.role === "clinician" && <PinSettings me={me} leaving />}
      <div class="stack stack-small">
        <h3>{t("actAs")}</h3>
        <ul class="list">
          {me.memberships.map((membership) => {
            const current = membership.id === me.membership.id;
            return (
              <li key={membership.id}>
                <button
                  type="button"
                  class="list-row account-role"
                  aria-current={current ? "true" : undefined}
                  aria-busy={busy === membership.id}
                  onClick={() => {
                    if (current) onClose();
                    else
                      void act(membership.id, async () => {
                        await switchMembership(membership.id);
                        navigate(homeOf(membership.role));
                        onClose();
                        toast(
                          t("switched", {
                            role: roleName(membership.role),
                            organisation: membership.organisation.name,
                          }),
                        );
                      });
                  }}
                >
                  <span class="list-words">
                    <span class="list-title">{roleName(membership.role)}</span>
                    <span class="list-detail">
                      <bdi>{membership.organisation.name}</bdi>
                      {membership.site && (
                        <>
                          {" · "}
                          <bdi>{membership.site.name}</bdi>
                        </>
                      )}
                    </span>
                  </span>
                  {busy === membership.id ? (
                    <span class="spinner" aria-hidden="true" />
                  ) : (
                    current && <Icon name="check" />
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      </div>
      <Button icon="exit" busy={busy === "out"} onPress={() => void leave()}>
        {t("signOut")}
      </Button>
    </Dialog>
  );
}
