/** Everything the keyboard can do, in the order in which the help shows it. */
export const commands = {
  help: { keys: ['?'], label: 'Show or hide the keys', place: 'everywhere' },
  back: { keys: ['Escape'], label: 'Back, close, leave a field', place: 'everywhere' },
  next: { keys: ['j', 'ArrowDown'], label: 'Next study', place: 'worklist' },
  previous: { keys: ['k', 'ArrowUp'], label: 'Previous study', place: 'worklist' },
  first: { keys: ['Home'], label: 'First study', place: 'worklist' },
  last: { keys: ['End'], label: 'Last study', place: 'worklist' },
  open: { keys: ['Enter'], label: 'Open the study', place: 'worklist' },
  search: { keys: ['/'], label: 'Search', place: 'worklist' },
  windowLevel: { keys: ['w'], label: 'Window/level with the left button', place: 'images' },
  zoom: { keys: ['z'], label: 'Zoom with the left button', place: 'images' },
  pan: { keys: ['p'], label: 'Pan with the left button', place: 'images' },
  invert: { keys: ['i'], label: 'Invert grey levels', place: 'images' },
  overlays: { keys: ['o'], label: 'Show or hide overlays and outlines', place: 'images' },
  fit: { keys: ['f'], label: 'Fit to the window', place: 'images' },
  reset: { keys: ['r'], label: 'Reset window, zoom, pan and inversion', place: 'images' },
  imageDown: { keys: ['ArrowDown', 'j'], label: 'Next image or frame', place: 'images' },
  imageUp: { keys: ['ArrowUp', 'k'], label: 'Previous image or frame', place: 'images' },
  pageDown: { keys: ['PageDown'], label: 'Ten images on', place: 'images' },
  pageUp: { keys: ['PageUp'], label: 'Ten images back', place: 'images' },
  imageFirst: { keys: ['Home'], label: 'First image', place: 'images' },
  imageLast: { keys: ['End'], label: 'Last image', place: 'images' },
  seriesNext: { keys: ['ArrowRight'], label: 'Next series', place: 'images' },
  seriesPrevious: { keys: ['ArrowLeft'], label: 'Previous series', place: 'images' },
  findingNext: { keys: ['n'], label: 'Next finding, with its image', place: 'report' },
  findingPrevious: { keys: ['m'], label: 'Previous finding, with its image', place: 'report' },
  report: { keys: ['d'], label: 'Draft and report', place: 'report' },
  edit: { keys: ['e'], label: 'Edit the report', place: 'report' },
  accept: { keys: ['a'], label: 'Accept the draft as it is', place: 'report' },
  reject: { keys: ['x'], label: 'Reject the draft', place: 'report' },
  sign: { keys: ['s'], label: 'Sign', place: 'report' },
  question: { keys: ['q'], label: 'Ask a question about the images', place: 'report' },
  audit: { keys: ['t'], label: 'Audit trail', place: 'report' },
} as const satisfies Record<string, { keys: readonly string[]; label: string; place: Place }>;

export type Place = 'everywhere' | 'worklist' | 'images' | 'report';
export type Command = keyof typeof commands;

export const placeNames: Record<Place, string> = {
  everywhere: 'Everywhere',
  worklist: 'Worklist',
  images: 'Images',
  report: 'Report, questions, audit',
};

interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** The first of the offered commands that a key stroke means, or null. */
export function commandOf(stroke: Stroke, offered: readonly Command[]): Command | null {
  // With a modifier held the stroke belongs to the browser or the screen reader.
  if (stroke.ctrlKey || stroke.metaKey || stroke.altKey) return null;
  const key = stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key;
  return (
    offered.find((command) => (commands[command].keys as readonly string[]).includes(key)) ?? null
  );
}

const keyNames: Record<string, string> = {
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
};

/** How a key is written on a button. */
export function keyName(key: string): string {
  return keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** The first key of a command, as it is written on its button. */
export function hint(command: Command): string {
  return keyName(commands[command].keys[0]);
}
