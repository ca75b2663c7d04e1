import type { JSX } from "preact";

/** Outlines on a 24-unit square, drawn with the colour of the text around them. */
const PATHS = {
  inbox: "M4 13l2.5-8h11L20 13v6H4v-6zm0 0h5l1.2 2.5h3.6L15 13h5",
  plus: "M12 5v14M5 12h14",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.3M18.5 14.6c1.9.9 3 2.8 3 5.4",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c0-4 3.3-6.5 7.5-6.5s7.5 2.5 7.5 6.5",
  calendar: "M4 6.5h16v13H4zM4 10.5h16M8 4v4M16 4v4",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.2l3.4 2",
  call: "M5.2 4.5l3.2-.7 1.8 4-2 1.6c1 2.4 2.9 4.3 5.3 5.3l1.6-2 4 1.8-.7 3.2c-.2.9-1 1.5-1.9 1.5C10.1 19.2 4.8 13.9 3.7 6.4c0-.9.6-1.7 1.5-1.9z",
  video: "M3.5 7h11v10h-11zM14.5 11l6-3.5v9l-6-3.5",
  microphone:
    "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  camera: "M4 7.5h3.5L9 5h6l1.5 2.5H20v11.5H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  message: "M4 5h16v11.5H10.5L6 20v-3.5H4z",
  note: "M6 3.5h9l4 4v13H6zM14.5 3.5V8H19M9 12h7M9 16h5",
  chart: "M4 4v16h16M7.5 15l3.5-4.5 3 2.5 4.5-6",
  shield: "M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8z",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20.5 20.5",
  back: "M14.5 5.5L8 12l6.5 6.5",
  next: "M9.5 5.5L16 12l-6.5 6.5",
  down: "M5.5 9.5L12 16l6.5-6.5",
  check: "M4.5 12.5l5 5 10-11",
  close: "M5.5 5.5l13 13M18.5 5.5l-13 13",
  warning: "M12 4l9.3 16H2.7zM12 10v4.5M12 17.3v.2",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.5v.2",
  globe:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18",
  exit: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  hand: "M7 13V7.5a1.5 1.5 0 0 1 3 0V11 5.5a1.5 1.5 0 0 1 3 0V11 6.5a1.5 1.5 0 0 1 3 0V12 9.5a1.5 1.5 0 0 1 3 0V15c0 3.5-2.5 6-6 6-3 0-4.5-1.5-6-4l-2.6-4c-.6-1 .9-2 1.8-1z",
  captions: "M3.5 5.5h17v13h-17zM7 11.5h4M14 11.5h3M7 15h3M13 15h4",
  screen: "M3.5 5h17v11h-17zM9 20h6M12 16v4",
  menu: "M4.5 7h15M4.5 12h15M4.5 17h15",
  list: "M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4 6.5h.3M4 12h.3M4 17.5h.3",
  cloudOff:
    "M7 18.5h9.5M5 17a4 4 0 0 1 1.5-7.3M9 7.2A5.5 5.5 0 0 1 17.3 11a3.8 3.8 0 0 1 2.9 5.5M4 4l16 16",
  paperclip:
    "M18.5 11.5l-6.8 6.8a4 4 0 0 1-5.7-5.7l7.2-7.1a2.7 2.7 0 0 1 3.8 3.8l-7 7a1.3 1.3 0 0 1-1.9-1.9l6.3-6.3",
  refresh: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5",
  bell: "M5 17.5c1.2-1.3 1.7-2.9 1.7-6a5.3 5.3 0 0 1 10.6 0c0 3.1.5 4.7 1.7 6zM10 20.5h4",
  lock: "M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v2",
  copy: "M9 9h10.5v11H9zM15 9V4.5H4.5V15H9",
} as const;

export type IconName = keyof typeof PATHS;

/** They point along the text, so they turn round where it runs from right to left. */
const DIRECTED: ReadonlySet<IconName> = new Set(["back", "next", "exit", "list", "message"]);

/** A picture beside words; without `label` it is decoration and silent to screen readers. */
export function Icon({ name, label }: { name: IconName; label?: string }): JSX.Element {
  return (
    <svg
      class={DIRECTED.has(name) ? "icon icon-directed" : "icon"}
      viewBox="0 0 24 24"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : "true"}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Logo({ name = "Consilium" }: { name?: string }): JSX.Element {
  return (
    <span class="logo">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect class="logo-ground" width="32" height="32" rx="8" />
        <path class="logo-ring" d="M20.6 9.4a8 8 0 1 0 0 13.2" />
        <circle class="logo-dot" cx="21.5" cy="16" r="3" />
      </svg>
      <span>{name}</span>
    </span>
  );
}
