/** Tells a newcomer how the first study gets here. */
export function EmptyWorklist() {
  const host = window.location.hostname || 'localhost';
  return (
    <section className="empty-worklist" data-testid="worklist-empty">
      <h2>No study has arrived yet</h2>
      <p>
        Studies appear here by themselves as soon as a modality or an archive sends them. With the
        settings of a fresh installation:
      </p>
      <dl className="facts">
        <dt>AE title</dt>
        <dd className="mono">OVERREAD</dd>
        <dt>Host</dt>
        <dd className="mono">{host}</dd>
        <dt>Port</dt>
        <dd className="mono">11112</dd>
      </dl>
      <p>Or send files from this machine, with Overread itself or with DCMTK:</p>
      <pre>
        java -jar overread.jar send FILE|FOLDER{'\n'}
        storescu -aec OVERREAD {host} 11112 FILE
      </pre>
      <p className="muted">
        A study counts as complete when no image has come for the set quiet time (60 seconds unless
        set otherwise); then its draft is made. The settings OVERREAD_AE_TITLE and
        OVERREAD_DICOM_PORT change title and port.
      </p>
    </section>
  );
}
