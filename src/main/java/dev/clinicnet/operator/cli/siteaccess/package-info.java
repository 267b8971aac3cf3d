/** {@code site-access}: lets a site fetch its own site kit, and nothing else. */
package dev.clinicnet.operator.cli.siteaccess;
