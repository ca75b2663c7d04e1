import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import "../styles/layout.css";
import "../styles/parts.css";
import "./app.css";
import { spoken, withOpening } from "../i18n/languages";
import { startLive } from "../live";
import { currentAddress, match, navigate, resolve, useAddress } from "../router";
import { loadSaid } from "../said/said";
import { loadSession, type Me, session, startSession } from "../session";
import { useStore } from "../store";
import { Bell } from "../notices/Bell";
import { AppShell } from "../ui/layout";
import { Notice } from "../ui/notice";
import { Loading } from "../ui/parts";
import { lazy } from "../ui/load";
import { Button } from "../ui/button";
import { Toasts } from "../ui/toast";
import { t as ui } from "../ui/words";
import { needsAccount, wasSignedIn } from "../who";
import { AccountMenu } from "./AccountMenu";
import { ConnectionBanner } from "./ConnectionBanner";
import { cameWithDoor } from "./drawnDoor";
import { LockButton } from "./LockButton";
import { FaultBoundary, UnreachablePage } from "./pages";
import { t } from "./words";
import { homeOf, loadWorkspace, mayOpen, type Workspace } from "./workspace";

const NotFoundPage = lazy(() => import("./noPages").then((its) => its.NotFoundPage));
const NoWorkspacePage = lazy(() => import("./noPages").then((its) => its.NoWorkspacePage));
const OtherRolePage = lazy(() => import("./noPages").then((its) => its.OtherRolePage));
const SignInAgain = lazy(() => import("./SignInAgain"));
const GuestPage = lazy(() => import("../guest/GuestPage"), ["guest", "call"]);
const CertificatePage = lazy(() => import("../people/CertificatePage"), ["people"]);
const NoticesPage = lazy(() => import("../notices/NoticesPage"));
const LetterCheckPage = lazy(() => import("../letter/CheckPage"), ["care"]);
const FollowUpFormPage = lazy(() => import("../follow-up/FormPage"), ["follow-up"]);
const WaitingPage = lazy(() => import("../offline/WaitingPage"), ["care"]);
const CallPage = lazy(() => import("../call/CallPage"), ["call", "care"]);
/** What lets every page be rung. */
const RINGING = () => import("../presence/Ringing");
/** What sends files on from every page. */
const OUTGOING_FILES = () => import("../files/OutgoingFiles");
const LOAD_AGAIN_MILLISECONDS = 15_000;
const Gallery = import.meta.env.DEV ? lazy(() => import("../gallery/Gallery")) : undefined;

/** Connects the page to the server. Once, before it is drawn. */
export async function begin(): Promise<void> {
  addEventListener("focusin", watchFocus, { once: true });
  startSession();
  startLive();
  // A guest has a link and no account; asking who is signed in would only cost a round trip.
  if (!needsAccount(currentAddress().path)) return;
  // Where nobody was signed in and the server was shown no session, there is none to ask for.
  if (wasSignedIn() || !cameWithDoor()) await loadSession();
  // After the first page: nothing of it is needed to show that.
  await startBehind();
}

/** Fetched once something has the focus: only then can it be lost. */
function watchFocus(): void {
  import("../ui/focus").then(
    ({ keepFocus }) => keepFocus(),
    () => setTimeout(watchFocus, LOAD_AGAIN_MILLISECONDS),
  );
}

/** Tried again when the link breaks while it is fetched. */
async function startBehind(): Promise<void> {
  try {
    const { startOffline } = await withOpening(() => import("../offline/start"));
    startOffline();
  } catch {
    setTimeout(() => void startBehind(), LOAD_AGAIN_MILLISECONDS);
  }
}

/** Decides by who is at the screen and where they are; draws nothing itself. */
export default function App(): JSX.Element {
  const { path } = useAddress();
  const now = useStore(session);
  // Another language: everything below is drawn again.
  const language = useStore(spoken);
  useEffect(() => void loadSaid(), [language]);
  if (Gallery && path === "/gallery") return <Gallery />;
  if (path === "/guest") return <GuestPage />;
  if (path === "/certificate") return <CertificatePage />;
  if (path === "/letter") return <LetterCheckPage />;
  if (path === "/follow-up") return <FollowUpFormPage />;
  return (
    <>
      <Current path={path} />
      {now.kind === "signed-in" && (
        <>
          <Behind key={`ringing ${now.me.membership.id}`} me={now.me} load={RINGING} />
          <Behind key={`files ${now.me.membership.id}`} me={now.me} load={OUTGOING_FILES} />
        </>
      )}
      {now.kind === "lost" && <SignInAgain me={now.me} />}
      <Toasts />
    </>
  );
}

type PartBehind = ComponentType<{ me: Me }>;

/** What goes on behind every page; fetched after the page itself, and again when that failed. */
function Behind(props: {
  me: Me;
  load: () => Promise<{ default: PartBehind }>;
}): JSX.Element | null {
  const [loaded, setLoaded] = useState<{ Part: PartBehind }>();
  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      withOpening(props.load).then(
        (module) => setLoaded({ Part: module.default }),
        () => (retry = setTimeout(load, LOAD_AGAIN_MILLISECONDS)),
      );
    };
    load();
    return () => clearTimeout(retry);
  }, []);
  return loaded ? <loaded.Part me={props.me} /> : null;
}

function Current({ path }: { path: string }): JSX.Element | null {
  const now = useStore(session);
  switch (now.kind) {
    case "asking":
      return <p class="boot">{t("opening")}</p>;
    case "unreachable":
      return <UnreachablePage problem={now.problem} />;
    case "signed-out":
      // They stand at the door: Root.tsx.
      return null;
    case "signed-in":
    case "lost": {
      const consultId = match("/call/:consultId", path)?.["consultId"];
      // A new key for a new role: no page keeps what another role was shown.
      return consultId === undefined ? (
        <SignedIn key={now.me.membership.id} me={now.me} path={path} />
      ) : (
        <FaultBoundary key={`${now.me.membership.id} ${path}`} page={path}>
          <CallPage consultId={consultId} />
        </FaultBoundary>
      );
    }
  }
}

function SignedIn({ me, path }: { me: Me; path: string }): JSX.Element {
  const role = me.membership.role;
  const home = homeOf(role);
  const atDoor = path === "/" || path === "/sign-in";
  useEffect(() => {
    if (atDoor) navigate(home, { replace: true });
  }, [atDoor, home]);
  const workspace = useWorkspace(me);
  return (
    <AppShell
      nav={workspace.kind === "ready" ? workspace.value.nav : []}
      path={path}
      home={home}
      place={<Place me={me} />}
      account={
        <>
          {role === "clinician" && <LockButton me={me} />}
          <Bell current={path === "/notices"} />
          <AccountMenu me={me} />
        </>
      }
      banner={<ConnectionBanner />}
    >
      <FaultBoundary page={path}>
        {atDoor || workspace.kind === "loading" ? (
          <div class="page">
            <Loading />
          </div>
        ) : workspace.kind === "failed" ? (
          <div class="page">
            <Notice
              tone="error"
              action={
                <Button small icon="refresh" onPress={workspace.retry}>
                  {t("retry")}
                </Button>
              }
            >
              {ui("chunk")}
            </Notice>
          </div>
        ) : (
          <Here me={me} path={path} workspace={workspace.value} />
        )}
      </FaultBoundary>
    </AppShell>
  );
}

function Here(props: { me: Me; path: string; workspace: Workspace }): JSX.Element {
  const { me, path, workspace } = props;
  const found = resolve(workspace.routes, path);
  if (found) {
    const { Page } = found.route;
    return <Page key={path} params={found.params} />;
  }
  const home = homeOf(me.membership.role);
  if (path === "/notices") return <NoticesPage me={me} />;
  if (path === "/waiting") return <WaitingPage home={home} />;
  if (path === "/account") return <NoWorkspacePage />;
  return mayOpen(me.membership.role, path) ? (
    <NotFoundPage home={home} />
  ) : (
    <OtherRolePage me={me} />
  );
}

function Place({ me }: { me: Me }): JSX.Element {
  const { organisation, site } = me.membership;
  return (
    <>
      <bdi>{organisation.name}</bdi>
      {site && (
        <>
          <br />
          <bdi>{site.name}</bdi>
        </>
      )}
    </>
  );
}

type WorkspaceState =
  { kind: "loading" } | { kind: "ready"; value: Workspace } | { kind: "failed"; retry: () => void };

function useWorkspace(me: Me): WorkspaceState {
  const [state, setState] = useState<WorkspaceState>({ kind: "loading" });
  const load = () => {
    setState({ kind: "loading" });
    loadWorkspace(me.membership.role).then(
      (value) => setState({ kind: "ready", value }),
      () => setState({ kind: "failed", retry: load }),
    );
  };
  useEffect(load, [me.membership.role]);
  return state;
}
