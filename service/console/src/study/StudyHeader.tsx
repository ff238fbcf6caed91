import type { StudyRow } from '../api/shapes';
import { ageAt, dicomDate, dicomTime } from '../patient/dates';
import { PatientName } from '../patient/PatientName';
import { JourneyChip } from '../worklist/JourneyChip';

/** Whose study this is, in one line that is always in sight. */
export function StudyHeader({ study }: { study: StudyRow }) {
  const age = ageAt(study.patientBirthDate, study.studyDate);
  const description = [study.modalities?.join(', '), study.studyDescription]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className="study-header" data-testid="study-header">
      <h1>
        <PatientName value={study.patientName} />
      </h1>
      {study.patientId && (
        <span className="mono nowrap" title="Patient ID">
          {study.patientId}
        </span>
      )}
      {(study.patientBirthDate || study.patientSex) && (
        <span className="figures nowrap" title="Born, age at the study, sex">
          {dicomDate(study.patientBirthDate)}
          {age !== null && ` (${age} y)`} {study.patientSex}
        </span>
      )}
      {study.studyDate && (
        <span className="figures nowrap" title="Study date and time">
          {dicomDate(study.studyDate)} {dicomTime(study.studyTime)}
        </span>
      )}
      <span className="ellipsis" title={description}>
        {description}
      </span>
      {study.accessionNumber && (
        <span className="mono muted nowrap wide-only" title="Accession number">
          {study.accessionNumber}
        </span>
      )}
      <JourneyChip row={study} />
    </div>
  );
}
