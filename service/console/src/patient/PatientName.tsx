import { personName } from './personName';

/** A patient's name, each script isolated so that right-to-left names do not disturb the row. */
export function PatientName({ value }: { value: string | null }) {
  const name = personName(value);
  const whole = name.other ? `${name.main} (${name.other})` : name.main;
  return (
    <span className="patient-name" title={whole}>
      <bdi>{name.main}</bdi>
      {name.other && <bdi className="muted other-script">{name.other}</bdi>}
    </span>
  );
}
