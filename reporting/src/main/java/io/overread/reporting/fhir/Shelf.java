package io.overread.reporting.fhir;

import io.overread.audit.AuditTrail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * All resources that we serve, and how they are read: each reading and its audit entry are one
 * transaction, so what could not be audited is not shown.
 */
final class Shelf {
  private final Map<String, ResourceTable<?>> tables = new LinkedHashMap<>();
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final ReadAudit audit;

  Shelf(
      JdbcClient jdbc,
      TransactionOperations transactions,
      AuditTrail audit,
      String organizationName) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = new ReadAudit(audit);
    List.of(
            DiagnosticReports.served(),
            Observations.served(),
            ImagingStudies.served(),
            Patients.served(),
            Devices.served(),
            Provenances.served(),
            AuditEvents.served(),
            Practitioners.served(),
            Organizations.served(organizationName))
        .forEach(type -> tables.put(type.name(), new ResourceTable<>(jdbc, type)));
  }

  List<ServedType<?>> types() {
    return tables.values().stream().<ServedType<?>>map(ResourceTable::type).toList();
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  ReadAudit audit() {
    return audit;
  }

  /** The table of a type; null where we serve none of that name. */
  @Nullable ResourceTable<?> table(String type) {
    return tables.get(type);
  }

  @SuppressWarnings("unchecked") // served() gave it under the name of its class
  <R extends DomainResource> ResourceTable<R> table(ServedType<R> type) {
    var table = tables.get(type.name());
    if (table == null) {
      throw new IllegalArgumentException("Not served: " + type.name());
    }
    return (ResourceTable<R>) table;
  }

  <T> T inTransaction(Supplier<T> reading) {
    T read = transactions.execute(status -> reading.get());
    if (read == null) {
      throw new IllegalStateException("A reading gave nothing");
    }
    return read;
  }
}
