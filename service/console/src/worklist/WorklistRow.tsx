import type { StudyRow } from '../api/shapes';
import { ageAt, ago, dicomDate, dicomTime, localInstant } from '../patient/dates';
import { PatientName } from '../patient/PatientName';
import { addressOf } from '../study/place';
import { CompletenessWords, completenessInWords } from './CompletenessWords';
import { JourneyChip } from './JourneyChip';
import { journeyStep } from './journeyStep';

interface Props {
  row: StudyRow;
  now: number;
  selected: boolean;
  onOpen: () => void;
}

export function WorklistRow({ row, now, selected, onOpen }: Props) {
  const age = ageAt(row.patientBirthDate, row.studyDate);
  const href = addressOf({
    page: 'study',
    studyInstanceUid: row.studyInstanceUid,
    tab: 'report',
  });
  return (
    <tr
      aria-current={selected}
      onClick={onOpen}
      data-testid="study-row"
      data-study={row.studyInstanceUid}
      data-step={journeyStep(row).kind}
    >
      <td className="step">
        <JourneyChip row={row} />
        {row.triage?.priority === 'URGENT' && <span className="urgent">Urgent</span>}
      </td>
      <td className="name">
        <a href={href} onClick={(event) => event.stopPropagation()}>
          <PatientName value={row.patientName} />
        </a>
      </td>
      <td className="mono ellipsis" title={row.patientId ?? undefined}>
        {row.patientId}
      </td>
      <td className="figures">
        {dicomDate(row.patientBirthDate)}
        {age !== null && <span className="muted"> {age} y</span>}
      </td>
      <td>{row.patientSex}</td>
      <td className="figures">
        {dicomDate(row.studyDate)} <span className="muted">{dicomTime(row.studyTime)}</span>
      </td>
      <td>{row.modalities?.join(', ')}</td>
      <td className="ellipsis description" title={row.studyDescription ?? undefined}>
        {row.studyDescription}
      </td>
      <td className="mono wide-only ellipsis">{row.accessionNumber}</td>
      <td className="number">{row.instanceCount}</td>
      <td className="number">{row.revision}</td>
      <td className="figures" title={localInstant(row.lastInstanceAt, true)}>
        {ago(row.lastInstanceAt, now)}
      </td>
      <td className="ellipsis completeness-column" title={completenessInWords(row.completeness)}>
        <CompletenessWords of={row.completeness} />
      </td>
    </tr>
  );
}
