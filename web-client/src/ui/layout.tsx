import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Dialog } from "./dialog";
import { Icon, type IconName, Logo } from "./icon";
import { t } from "./words";

export interface NavItem {
  readonly href: string;
  /** Asked when it is drawn, in the language of then. */
  readonly label: () => string;
  readonly icon: IconName;
  /** A hook: how many things wait there. Drawn on the item when above zero. */
  readonly useCount?: () => number | undefined;
}

interface ShellProps {
  readonly nav: readonly NavItem[];
  readonly path: string;
  readonly home: string;
  /** Who and where: shown under the logo on wide screens. */
  readonly place: ComponentChildren;
  /** The account menu. */
  readonly account: ComponentChildren;
  /** The connection banner, above everything. */
  readonly banner?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** As many as a phone's width can name; what is more lies behind the last of them. */
const THUMB_ITEMS = 5;

/** Side bar on a wide screen; top bar and a thumb-high bottom bar on a phone. */
export function AppShell(props: ShellProps): JSX.Element {
  const current = activeItem(props.nav, props.path);
  const [more, setMore] = useState(false);
  useEffect(() => setMore(false), [props.path]);
  const rest = props.nav.length > THUMB_ITEMS ? props.nav.slice(THUMB_ITEMS - 1) : [];
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {t("skip")}
      </a>
      <header class="shell-head">
        <a href={props.home} class="shell-home">
          <Logo />
        </a>
        <div class="shell-place">{props.place}</div>
        {props.nav.length > 0 && (
          <nav class="shell-nav" aria-label={t("navigation")}>
            <ul>
              {props.nav.map((item) => (
                <li key={item.href} class={rest.includes(item) ? "nav-rest" : undefined}>
                  <NavLink item={item} active={item === current} />
                </li>
              ))}
              {rest.length > 0 && (
                <li class="nav-more">
                  <button
                    type="button"
                    aria-haspopup="dialog"
                    aria-current={current && rest.includes(current) ? "page" : undefined}
                    onClick={() => setMore(true)}
                  >
                    <span class="nav-icon">
                      <Icon name="menu" />
                    </span>
                    <span class="nav-label">{t("more")}</span>
                  </button>
                </li>
              )}
            </ul>
          </nav>
        )}
        <div class="shell-account">{props.account}</div>
      </header>
      {more && (
        <Dialog title={t("more")} onClose={() => setMore(false)}>
          <ul class="nav-sheet">
            {rest.map((item) => (
              <li key={item.href}>
                <NavLink item={item} active={item === current} />
              </li>
            ))}
          </ul>
        </Dialog>
      )}
      <div class="shell-body">
        {props.banner}
        <main id="content" tabIndex={-1}>
          {props.children}
        </main>
      </div>
    </div>
  );
}

/** The item whose address is the longest beginning of where we are. */
export function activeItem(nav: readonly NavItem[], path: string): NavItem | undefined {
  const here = nav.filter(({ href }) => path === href || path.startsWith(`${href}/`));
  return here.sort((a, b) => b.href.length - a.href.length)[0];
}

function NavLink({ item, active }: { item: NavItem; active: boolean }): JSX.Element {
  const count = item.useCount?.() ?? 0;
  return (
    <a href={item.href} aria-current={active ? "page" : undefined}>
      <span class="nav-icon">
        <Icon name={item.icon} />
        {count > 0 && <span class="nav-count">{count > 99 ? "99+" : count}</span>}
      </span>
      <span class="nav-label">{item.label()}</span>
    </a>
  );
}

interface PageProps {
  readonly title: string;
  /** A line under the title: what this page is about, or whose it is. */
  readonly lead?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly back?: { readonly href: string; readonly label: string };
  /** `narrow` for forms and reading, `wide` for tables and two panes. */
  readonly width?: "narrow" | "normal" | "wide";
  readonly children: ComponentChildren;
}

/** One page: its title is the document's title and the place where a screen reader lands. */
export function Page(props: PageProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · Consilium`;
  }, [props.title]);
  useEffect(() => {
    scrollTo(0, 0);
    if (!document.querySelector("dialog[open], [autofocus]")) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <div class={`page page-${props.width ?? "normal"}`}>
      <div class="page-head">
        {props.back && (
          <a class="page-back" href={props.back.href}>
            <Icon name="back" />
            {props.back.label}
          </a>
        )}
        <div class="page-title">
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {props.title}
          </h1>
          {props.lead && <div class="page-lead">{props.lead}</div>}
        </div>
        {props.actions && <div class="page-actions">{props.actions}</div>}
      </div>
      {props.children}
    </div>
  );
}

/** What is worked on, and beside it (below it on a phone) what helps: facts, people, history. */
export function TwoPane(props: { main: ComponentChildren; side: ComponentChildren }): JSX.Element {
  return (
    <div class="two-pane">
      <div class="stack">{props.main}</div>
      <aside class="stack">{props.side}</aside>
    </div>
  );
}

/** Things below each other with the usual gap. */
export function Stack(props: {
  gap?: "small" | "normal" | "large";
  children: ComponentChildren;
}): JSX.Element {
  return <div class={`stack stack-${props.gap ?? "normal"}`}>{props.children}</div>;
}

/** Small things beside each other that wrap: badges, names, times. */
export function Row({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="row">{children}</div>;
}

/** Cards beside each other, as many as fit. */
export function Grid({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="grid">{children}</div>;
}
