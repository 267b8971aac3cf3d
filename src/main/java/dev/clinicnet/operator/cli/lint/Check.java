package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.Problem;
import java.util.List;

/** One thing that manifests are checked for. */
interface Check {

  /**
   * What it finds.
   *
   * @param documents every object, foreign kinds included
   * @param sound the objects of our kinds that nothing was found wrong with so far
   */
  List<Problem> problems(List<Document> documents, List<Document> sound);
}
