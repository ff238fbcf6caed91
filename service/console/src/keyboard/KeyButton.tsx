import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { type Command, commands, hint, keyName } from './keymap';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  command: Command;
  /** Why the button can't be used now; null or undefined when it can. */
  refusal?: string | null | undefined;
  children: ReactNode;
}

/**
 * A button with its key on it. A refused button stays focusable, so that a keyboard or screen
 * reader user also learns why it is closed.
 */
export function KeyButton({ command, refusal, children, onClick, className, ...rest }: Props) {
  const keys = commands[command].keys.map(keyName).join(' or ');
  return (
    <button
      type="button"
      {...rest}
      className={className}
      aria-disabled={refusal ? true : undefined}
      aria-keyshortcuts={commands[command].keys[0]}
      title={refusal ?? `${commands[command].label} (${keys})`}
      onClick={refusal ? undefined : onClick}
    >
      {children} <kbd aria-hidden="true">{hint(command)}</kbd>
    </button>
  );
}
