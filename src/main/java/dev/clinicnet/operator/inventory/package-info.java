/** What an account holds, as listed and as we changed it since; and our marks on it. */
package dev.clinicnet.operator.inventory;
