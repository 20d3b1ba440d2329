// The language of models: what a .dlift file may say. Meaning is checked later; where a statement may stand too, so
// that a misplaced one gets a message of its own. No statement begins with an operator or a bracket, therefore line
// ends need no token: an expression ends where the next token cannot continue it.
grammar DeepLift;

file
    : (statement | ';')* EOF
    ;

block
    : '{' (statement | ';')* '}'
    ;

statement
    : 'import' STRING                                                   # importStatement
    | 'model' name block                                                # modelStatement
    | 'function' name '(' (name (',' name)*)? ')' block                 # functionStatement
    | 'activation' function=name '(' variable=name ')' '=' expression   # activationStatement
    | 'input' name ':' type=name extents? trait*                        # inputStatement
    | 'weights' (name '=')? STRING                                      # weightsStatement
    | 'output' name ('=' expression)?                                   # outputStatement
    | 'for' name 'in' expression '..' expression block                  # forStatement
    | 'return' expression (',' expression)*                             # returnStatement
    | 'explain' name? explainBlock                                      # explainStatement
    | name (',' name)* '=' expression                                   # definitionStatement
    ;

extents
    : '[' (expression (',' expression)*)? ']'
    ;

trait
    : name arguments                                                    # declaredTrait
    | 'constraint' function=name arguments '=' expression               # constraintTrait
    ;

explainBlock
    : '{' (setting | ';')* '}'
    ;

setting
    : key=name subject=path? '=' expression                             # subjectSetting
    | key=name expression (',' expression)*                             # plainSetting
    ;

expression
    : name arguments                                                    # callExpression
    | path                                                              # nameExpression
    | (INTEGER | REAL)                                                  # numberExpression
    | STRING                                                            # stringExpression
    | '(' expression ')'                                                # groupExpression
    | list                                                              # listExpression
    | expression '[' subscript (',' subscript)* ']'                     # indexExpression
    | <assoc = right> expression ('^' | '**') expression                # powerExpression
    | '-' expression                                                    # negationExpression
    | expression operator=('*' | '/' | '@') expression                  # productExpression
    | expression operator=('+' | '-') expression                        # sumExpression
    ;

list
    : '[' (expression (',' expression)* ','?)? ']'
    ;

arguments
    : '(' (argument (',' argument)* ','?)? ')'
    ;

argument
    : (name '=')? expression
    ;

subscript
    : start=expression? ':' stop=expression? (':' step=expression?)?    # rangeSubscript
    | expression                                                        # singleSubscript
    ;

path
    : name ('.' (name | INTEGER | REAL))*
    ;

// Keywords that only begin a statement are names too: 'weights', 'input' and 'output' are too good to be taken away.
name
    : IDENTIFIER
    | 'import' | 'model' | 'function' | 'activation' | 'input' | 'constraint' | 'weights' | 'output' | 'explain'
    ;

IMPORT: 'import';
MODEL: 'model';
FUNCTION: 'function';
ACTIVATION: 'activation';
INPUT: 'input';
CONSTRAINT: 'constraint';
WEIGHTS: 'weights';
OUTPUT: 'output';
EXPLAIN: 'explain';
FOR: 'for';
RETURN: 'return';
IN: 'in';

LPAREN: '(';
RPAREN: ')';
LBRACKET: '[';
RBRACKET: ']';
LBRACE: '{';
RBRACE: '}';
COMMA: ',';
SEMICOLON: ';';
COLON: ':';
ASSIGN: '=';
RANGE: '..';
DOT: '.';
PLUS: '+';
MINUS: '-';
TIMES: '*';
DIVIDE: '/';
MATMUL: '@';
CARET: '^';
POWER: '**';

IDENTIFIER: [\p{L}_] [\p{L}\p{M}\p{Nd}_]*;
INTEGER: [0-9] [0-9_]*;
REAL: [0-9] [0-9_]* '.' [0-9] [0-9_]* EXPONENT? | [0-9] [0-9_]* EXPONENT;
STRING: '"' (~["\\\r\n] | '\\' ~[\r\n])* '"';

LINE_COMMENT: '//' ~[\r\n]* -> skip;
BLOCK_COMMENT: '/*' .*? '*/' -> skip;
BLANK: [ \t\r\n\u000C]+ -> skip;
BYTE_ORDER_MARK: '\uFEFF' -> skip;

// What only a message can be made of; the tokens never reach the parser.
UNCLOSED_STRING: '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? -> channel(HIDDEN);
UNCLOSED_COMMENT: '/*' -> channel(HIDDEN);
STRAY: . -> channel(HIDDEN);

fragment EXPONENT: [eE] [+-]? [0-9]+;
