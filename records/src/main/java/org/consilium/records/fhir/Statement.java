package org.consilium.records.fhir;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import org.consilium.platform.database.Tx;

/** A SELECT that grows by constant conditions; values are always parameters. */
final class Statement {
  private final StringBuilder sql;
  private final List<Object> values = new ArrayList<>();

  Statement(String select) {
    sql = new StringBuilder(select);
  }

  /**
   * One condition more.
   *
   * @param condition a constant of this package; each {@code ?} in it stands for {@code value}
   */
  Statement and(String condition, Object value) {
    values.add(value);
    return and(condition.replace("?", "$" + values.size()));
  }

  Statement and(String condition) {
    sql.append(" AND (").append(condition).append(')');
    return this;
  }

  /** In the order of the keys, from behind {@code after} on. */
  Statement page(ResourceType type, Cursor after, int most) {
    values.add(type.keyValue(after.key()));
    int key = values.size();
    if (type.part().equals(ResourceType.WHOLE)) {
      sql.append(" AND %1$s > $%2$d ORDER BY %1$s".formatted(type.key(), key));
    } else {
      values.add(after.part());
      sql.append(
          " AND %1$s >= $%3$d AND (%1$s, %2$s) > ($%3$d, $%4$d) ORDER BY %1$s, %2$s"
              .formatted(type.key(), type.part(), key, values.size()));
    }
    values.add(most);
    sql.append(" LIMIT $").append(values.size());
    return this;
  }

  /** The newest alone, by a column. */
  Statement newest(String column) {
    sql.append(" ORDER BY ").append(column).append(" DESC LIMIT 1");
    return this;
  }

  List<Row> rows(Tx tx) {
    return tx.rows(sql.toString(), values.toArray());
  }
}
