/** A DICOM DA value (YYYYMMDD) as ISO date; other text stays as it is. */
export function dicomDate(value: string | null | undefined): string {
  if (!value) return '';
  const parts = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(value.trim());
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : value;
}

/** A DICOM TM value (HHMMSS.FFFFFF) as HH:MM; other text stays as it is. */
export function dicomTime(value: string | null | undefined): string {
  if (!value) return '';
  const parts = /^(\d{2}):?(\d{2})/.exec(value.trim());
  return parts ? `${parts[1]}:${parts[2]}` : value;
}

/** Age in whole years at a day (both DA), or null when either is unknown. */
export function ageAt(birthDate: string | null, day: string | null): number | null {
  const born = /^(\d{4})(\d{4})$/.exec(birthDate ?? '');
  const at = /^(\d{4})(\d{4})$/.exec(day ?? '');
  if (!born || !at) return null;
  const years = Number(at[1]) - Number(born[1]) - (Number(at[2]) < Number(born[2]) ? 1 : 0);
  return years >= 0 && years < 150 ? years : null;
}

/** An instant in this machine's time zone: "2026-11-23 14:03". */
export function localInstant(value: string | null | undefined, withSeconds = false): string {
  if (!value) return '';
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return value;
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  const time = `${two(instant.getHours())}:${two(instant.getMinutes())}`;
  return `${day} ${time}${withSeconds ? `:${two(instant.getSeconds())}` : ''}`;
}

/** How long ago, coarsely: "just now", "4 min", "3 h", "2 d". */
export function ago(value: string | null | undefined, now: number): string {
  if (!value) return '';
  const seconds = Math.max(0, (now - new Date(value).getTime()) / 1000);
  if (Number.isNaN(seconds)) return '';
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
