import { useEffect, useState } from 'react';
import { ReasonDialog } from '../report/ReasonDialog';
import { ProblemNotice } from '../session/ProblemNotice';
import { useSession } from '../session/SessionContext';
import { mayAdminister } from '../session/session';
import { holderInWords, keepingInWords, longestReason } from './retention';
import { useRetention, type RetentionDesk } from './useRetention';

/** For whom sees nothing else of a study. */
export function ImagesKeptAlone({
  studyInstanceUid,
  onHold,
}: {
  studyInstanceUid: string;
  onHold: (since: string | null) => void;
}) {
  const desk = useRetention(studyInstanceUid);
  const since = desk.retention?.hold?.at ?? null;
  useEffect(() => onHold(since), [onHold, since]);
  return <ImagesKept desk={desk} hidden={false} />;
}

/** Whether the images stay, who holds them and why; administrators hold and release them here. */
export function ImagesKept({ desk, hidden }: { desk: RetentionDesk; hidden: boolean }) {
  const { session } = useSession();
  const [asking, setAsking] = useState(false);
  const { retention, problem, busy } = desk;
  if (retention === null) return null;
  const { hold } = retention;
  const purpose = hold === null ? 'hold' : 'release';
  return (
    <section
      className="images-kept"
      aria-labelledby="images-kept-title"
      hidden={hidden}
      data-testid="images-kept"
      data-held={hold !== null}
    >
      <h2 className="section-title" id="images-kept-title">
        Keeping the images
      </h2>
      <dl className="facts">
        <dt>Images</dt>
        <dd>{keepingInWords(retention)}</dd>
        {hold !== null && (
          <>
            <dt>Held by</dt>
            <dd>{holderInWords(hold)}</dd>
            <dt>Reason</dt>
            <dd className="reason">{hold.reason}</dd>
          </>
        )}
      </dl>
      {problem && <ProblemNotice problem={problem} title="The hold was not changed" />}
      {mayAdminister(session) && (
        <button
          type="button"
          disabled={busy}
          onClick={() => setAsking(true)}
          data-testid="hold-change"
        >
          {hold === null ? 'Hold the images…' : 'Release the images…'}
        </button>
      )}
      {asking && (
        <ReasonDialog
          purpose={purpose}
          longest={longestReason}
          onClose={() => setAsking(false)}
          onReason={(reason) => {
            setAsking(false);
            desk.change(hold === null, reason);
          }}
        />
      )}
    </section>
  );
}
