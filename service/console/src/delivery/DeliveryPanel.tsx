import type { Delivery } from '../api/shapes';
import { localInstant } from '../patient/dates';
import { ProblemNotice } from '../session/ProblemNotice';
import {
  byVersion,
  kindInWords,
  needsAttention,
  reasonInWords,
  stateInWords,
  type VersionOfDeliveries,
} from './deliveries';
import { useDeliveries } from './useDeliveries';

const events: Record<Delivery['event'], string> = {
  DRAFT: 'draft',
  SIGNATURE: 'signed',
  AMENDMENT: 'amended',
};

/** Where the study's reports were sent, and what became of each object; nothing where no rule sends. */
export function DeliveryPanel({ studyInstanceUid }: { studyInstanceUid: string }) {
  const { deliveries, problem, resend } = useDeliveries(studyInstanceUid);
  if (problem === null && (deliveries === null || deliveries.length === 0)) return null;
  return (
    <section className="delivery-panel" aria-labelledby="delivery-title" data-testid="deliveries">
      <h2 className="section-title" id="delivery-title">
        Delivery
      </h2>
      {problem && <ProblemNotice problem={problem} />}
      {byVersion(deliveries ?? []).map((group) => (
        <Version key={`${group.reportId} ${group.version}`} group={group} onResend={resend} />
      ))}
    </section>
  );
}

function Version({
  group,
  onResend,
}: {
  group: VersionOfDeliveries;
  onResend: (id: string) => void;
}) {
  return (
    <>
      <h3 className="delivery-version muted small">
        Version {group.version}, {events[group.event]}
      </h3>
      <ul className="deliveries">
        {group.deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} onResend={onResend} />
        ))}
      </ul>
    </>
  );
}

function DeliveryRow({
  delivery,
  onResend,
}: {
  delivery: Delivery;
  onResend: (id: string) => void;
}) {
  const reason = reasonInWords(delivery);
  const what = `${kindInWords(delivery.kind)} to ${delivery.destination}`;
  return (
    <li
      className={needsAttention(delivery) ? 'delivery attention' : 'delivery'}
      data-testid="delivery"
      data-state={delivery.state}
    >
      <span className="delivery-what">{what}</span>
      <span className="delivery-state">{stateInWords(delivery)}</span>
      <button type="button" onClick={() => onResend(delivery.id)} aria-label={`Resend: ${what}`}>
        Resend
      </button>
      <time className="delivery-detail muted small" dateTime={delivery.updatedAt}>
        {localInstant(delivery.updatedAt, true)}
      </time>
      {reason !== null && <span className="delivery-detail small">{reason}</span>}
      {delivery.state === 'QUEUED' && delivery.tries > 0 && delivery.nextStepAt !== null && (
        <span className="delivery-detail muted small">
          Next try {localInstant(delivery.nextStepAt, true)}
        </span>
      )}
    </li>
  );
}
