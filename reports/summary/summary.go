// Package summary makes the workbook of a batch (汇总): the ranking, the matrix of
// all units and items, and what a meeting needs beside them. All it shows is drawn
// from the records of the batch; nothing is scored here.
package summary
