package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.Problem;
import java.util.List;

/** One check of manifests. */
interface Check {

  /**
   * The problems that it finds.
   *
   * @param documents every object, including foreign kinds
   * @param sound the objects of our kinds without a problem so far
   */
  List<Problem> problems(List<Document> documents, List<Document> sound);
}
