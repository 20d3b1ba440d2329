package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Stmt;

/** The buffers that statements read and write, each once, in order of first use. */
final class Usage {
    private final Set<Buffer> reads = new LinkedHashSet<>();
    private final Set<Buffer> writes = new LinkedHashSet<>();

    static Usage of(List<Stmt> statements) {
        Usage usage = new Usage();
        statements.forEach(usage::visit);
        return usage;
    }

    List<Buffer> reads() {
        return new ArrayList<>(reads);
    }

    List<Buffer> writes() {
        return new ArrayList<>(writes);
    }

    private void visit(Stmt statement) {
        if (statement instanceof Stmt.Declare) {
            visit(((Stmt.Declare) statement).value());
        } else if (statement instanceof Stmt.Assign) {
            visit(((Stmt.Assign) statement).value());
        } else if (statement instanceof Stmt.Store) {
            Stmt.Store store = (Stmt.Store) statement;
            visit(store.index());
            visit(store.value());
            writes.add(store.buffer());
        } else if (statement instanceof Stmt.For) {
            Stmt.For loop = (Stmt.For) statement;
            visit(loop.from());
            visit(loop.to());
            loop.body().forEach(this::visit);
        } else if (statement instanceof Stmt.Lanes) {
            ((Stmt.Lanes) statement).body().forEach(this::visit);
        } else {
            Stmt.If branch = (Stmt.If) statement;
            visit(branch.condition());
            branch.then().forEach(this::visit);
        }
    }

    private void visit(Expr expression) {
        if (expression instanceof Expr.Load) {
            visit(((Expr.Load) expression).index());
            reads.add(((Expr.Load) expression).buffer());
        } else if (expression instanceof Expr.Binary) {
            visit(((Expr.Binary) expression).left());
            visit(((Expr.Binary) expression).right());
        } else if (expression instanceof Expr.Fma) {
            visit(((Expr.Fma) expression).a());
            visit(((Expr.Fma) expression).b());
            visit(((Expr.Fma) expression).c());
        } else if (expression instanceof Expr.Call) {
            ((Expr.Call) expression).arguments().forEach(this::visit);
        } else if (expression instanceof Expr.Compare) {
            visit(((Expr.Compare) expression).left());
            visit(((Expr.Compare) expression).right());
        } else if (expression instanceof Expr.And) {
            visit(((Expr.And) expression).left());
            visit(((Expr.And) expression).right());
        } else if (expression instanceof Expr.Select) {
            visit(((Expr.Select) expression).condition());
            visit(((Expr.Select) expression).then());
            visit(((Expr.Select) expression).otherwise());
        } else if (expression instanceof Expr.ToReal) {
            visit(((Expr.ToReal) expression).value());
        }
    }
}
