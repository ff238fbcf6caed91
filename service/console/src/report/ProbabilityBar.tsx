interface Props {
  /** 0 to 1. */
  value: number;
  label: string;
}

/** A share as a small bar; the number stands beside it in words, so colour carries nothing. */
export function ProbabilityBar({ value, label }: Props) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <span
      className="bar"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={share}
    >
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}
