import type { ReactNode } from 'react';
import type { Problem } from '../api/problem';

interface Props {
  problem: Problem;
  /** Said in place of the problem's own title. */
  title?: string | undefined;
  children?: ReactNode;
}

/** Says what went wrong in words, and offers the ways out given as children. */
export function ProblemNotice({ problem, title, children }: Props) {
  const heading = title ?? problem.title;
  const detail = problem.detail === heading ? null : problem.detail;
  return (
    <div className="notice danger" role="alert" data-testid="problem">
      <strong>{heading}</strong>
      {detail && <span>{detail}</span>}
      {children && <div className="notice-actions">{children}</div>}
    </div>
  );
}
