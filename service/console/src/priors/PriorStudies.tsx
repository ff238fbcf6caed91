import { useEffect, useState } from 'react';
import type { Study } from '../api/shapes';
import { addressOf } from '../study/place';
import { listPriors, priorLabel, type Priors } from './priors';

/** Links to the patient's earlier studies; nothing where there are none, or they can't be told. */
export function PriorStudies({ study }: { study: Study }) {
  const uid = study.studyInstanceUid;
  const [priors, setPriors] = useState<Priors | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    // The report does not depend on them: without an answer there is just nothing to see here.
    listPriors(uid, leaving.signal).then(setPriors, () => {});
    return () => leaving.abort();
  }, [uid, study.revision]);

  if (priors === null || (!priors.prior && priors.studies.length === 0)) return null;
  return (
    <nav className="priors small" aria-label="Priors" data-testid="priors">
      {priors.prior && <p>This study was fetched as a prior of another: it is not drafted.</p>}
      {priors.studies.length > 0 && <strong>Priors</strong>}
      {priors.studies.map((prior) => (
        <a
          key={prior.studyInstanceUid}
          href={addressOf({
            page: 'study',
            studyInstanceUid: prior.studyInstanceUid,
            tab: 'report',
          })}
        >
          {priorLabel(prior)}
        </a>
      ))}
    </nav>
  );
}
