import { useEffect, useRef } from 'react';
import { type Command, commandOf } from './keymap';

export type KeyActions = Partial<Record<Command, () => void>>;

/** Runs an action when its key is struck outside fields and dialogs. */
export function useKeys(actions: KeyActions): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTaken(event)) return;
      const offered = Object.keys(current.current) as Command[];
      const command = commandOf(event, offered);
      if (command === null) return;
      event.preventDefault();
      current.current[command]?.();
    };
    // While capturing: Cornerstone prevents the default of every key struck over an image.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

/** True when the stroke belongs to the element it was typed into. */
function isTaken(event: KeyboardEvent): boolean {
  if (document.querySelector('dialog[open]')) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select, input')) return true;
  if (event.key === 'Enter' || event.key === ' ') return target.matches('button, a, summary');
  if (event.key.startsWith('Arrow')) return target.matches('[role=tab], [role=separator]');
  return false;
}
