/** How a picture is looked at: pure state, all lengths in pixels of its frame. */
export interface Look {
  readonly zoom: number;
  /** How far the picture's middle is moved from the frame's. */
  readonly x: number;
  readonly y: number;
  /** Quarter turns to the right. */
  readonly turns: 0 | 1 | 2 | 3;
  /** In percent; 100 is as it is. */
  readonly brightness: number;
  readonly contrast: number;
  /** Light and dark exchanged, for films. */
  readonly negative: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A point, or a way, from the frame's middle. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const ZOOM_MAX = 8;
export const LIGHT = { from: 40, to: 250 } as const;
export const PLAIN: Look = {
  zoom: 1,
  x: 0,
  y: 0,
  turns: 0,
  brightness: 100,
  contrast: 100,
  negative: false,
};

const MIDDLE: Point = { x: 0, y: 0 };

/** Larger or smaller by `factor`, so that what lies under `at` stays there; never less than whole. */
export function zoomed(look: Look, factor: number, frame: Size, at = MIDDLE): Look {
  const zoom = Math.min(ZOOM_MAX, Math.max(1, look.zoom * factor));
  const kept = zoom / look.zoom;
  return within(
    { ...look, zoom, x: at.x - (at.x - look.x) * kept, y: at.y - (at.y - look.y) * kept },
    frame,
  );
}

export function moved(look: Look, by: Point, frame: Size): Look {
  return within({ ...look, x: look.x + by.x, y: look.y + by.y }, frame);
}

/** The same light, but whole again and as it was taken. */
export function whole(look: Look): Look {
  return { ...look, zoom: 1, x: 0, y: 0 };
}

export function turned(look: Look): Look {
  return { ...whole(look), turns: ((look.turns + 1) % 4) as Look["turns"] };
}

/** The zoom and place of `like`, the rest of `look`. */
export function placedLike(look: Look, { zoom, x, y }: Look): Look {
  return { ...look, zoom, x, y };
}

/** What a key does to the picture that has the focus; undefined when it does nothing here. */
export function byKey(look: Look, key: string, frame: Size): Look | undefined {
  const step = 48;
  switch (key) {
    case "+":
    case "=":
      return zoomed(look, 1.25, frame);
    case "-":
      return zoomed(look, 0.8, frame);
    case "0":
      return whole(look);
    // The window moves over the picture, as with a scroll bar.
    case "ArrowLeft":
      return moved(look, { x: step, y: 0 }, frame);
    case "ArrowRight":
      return moved(look, { x: -step, y: 0 }, frame);
    case "ArrowUp":
      return moved(look, { x: 0, y: step }, frame);
    case "ArrowDown":
      return moved(look, { x: 0, y: -step }, frame);
    case "r":
    case "R":
      return turned(look);
    default:
      return undefined;
  }
}

/** How much a picture must shrink, or may grow, to stay whole in its frame when it lies on its side. */
export function fitOnSide(picture: Size, frame: Size): number {
  if ([picture.width, picture.height, frame.width, frame.height].includes(0)) return 1;
  const fit = Math.min(frame.width / picture.width, frame.height / picture.height);
  const [width, height] = [picture.width * fit, picture.height * fit];
  return Math.min(frame.width / height, frame.height / width);
}

/** Where two fingers are: between them, and how far from each other. */
export function pinch(a: Point, b: Point): { middle: Point; distance: number } {
  return {
    middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
    distance: Math.hypot(a.x - b.x, a.y - b.y),
  };
}

function within(look: Look, frame: Size): Look {
  const limit = (length: number) => ((look.zoom - 1) * length) / 2;
  const held = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  const [x, y] = [held(look.x, limit(frame.width)), held(look.y, limit(frame.height))];
  // No negative zero: it would be told apart from zero.
  return { ...look, x: x + 0, y: y + 0 };
}
