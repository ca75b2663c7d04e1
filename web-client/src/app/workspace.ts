import { withOpening } from "../i18n/languages";
import type { Role } from "../who";
import type { Route } from "../router";
import type { NavItem } from "../ui/layout";

/** What one role works with: its pages and the way between them. Each is a chunk of its own. */
export interface Workspace {
  readonly nav: readonly NavItem[];
  readonly routes: readonly Route[];
  /** Addresses that some of its roles may not open: their server would refuse. */
  readonly closedTo?: Partial<Record<Role, readonly string[]>>;
}

type Name = "clinic" | "specialist" | "scheduler" | "interpreter" | "admin";

const LOADERS: Record<Name, () => Promise<{ default: Workspace }>> = {
  clinic: () => import("../clinic/workspace"),
  specialist: () => import("../specialist/workspace"),
  scheduler: () => import("../scheduler/workspace"),
  interpreter: () => import("../interpreter/workspace"),
  admin: () => import("../admin/workspace"),
};

/** Where each role works. Observers have no pages of their own yet. */
const WORKSPACE_OF: Partial<Record<Role, Name>> = {
  clinician: "clinic",
  specialist: "specialist",
  scheduler: "scheduler",
  supervisor: "scheduler",
  interpreter: "interpreter",
  administrator: "admin",
  "data-officer": "admin",
};

export function homeOf(role: Role): string {
  const name = WORKSPACE_OF[role];
  return name ? `/${name}` : "/account";
}

/** The workspace a path lies in, whoever may open it. */
export function workspaceAt(path: string): Name | undefined {
  const first = path.split("/")[1] ?? "";
  return first in LOADERS ? (first as Name) : undefined;
}

/** The role of a path's workspace, to say whose page it is. */
export function mayOpen(role: Role, path: string): boolean {
  const name = workspaceAt(path);
  return name === undefined || WORKSPACE_OF[role] === name;
}

/** Begins to fetch the workspace a path lies in, before the server has said whose page it is. */
export function fetchWorkspaceAt(path: string): void {
  const name = workspaceAt(path);
  // When it fails, the page that needs it says so and tries again.
  if (name) withOpening(LOADERS[name], `opening-${name}`).catch(() => undefined);
}

export async function loadWorkspace(role: Role): Promise<Workspace> {
  const name = WORKSPACE_OF[role];
  return name
    ? openTo(role, (await withOpening(LOADERS[name], `opening-${name}`)).default)
    : { nav: [], routes: [] };
}

/** What is left of a workspace for one of its roles. */
export function openTo(role: Role, { nav, routes, closedTo }: Workspace): Workspace {
  const closed = closedTo?.[role] ?? [];
  return {
    nav: nav.filter(({ href }) => !closed.includes(href)),
    routes: routes.filter(({ pattern }) => !closed.includes(pattern)),
  };
}
